package points

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"fivestar/server/db"
	"fivestar/server/points/internal/pointsdb"
)

// entryParts are all that an entry says, in the order that its HMAC and its seal are made of.
func entryParts(row pointsdb.PointsEntry) []string {
	return []string{"entry", row.ID, row.CommunityID, row.FromAccount, row.ToAccount, decimal(row.Amount),
		row.Kind, row.SourceID, row.Star, row.PersonID, row.Hands, row.WitnessID, row.Memo, row.ReversesID,
		decimal(row.At), decimal(row.CountedAt)}
}

// serviceParts are all that a service record says, in the order that its HMAC and its seal are made of.
func serviceParts(row pointsdb.PointsService) []string {
	return []string{"service", row.ID, row.CommunityID, row.PersonID, row.Star, decimal(row.Minutes),
		row.SourceID, row.Hands, row.WitnessID, decimal(row.At), decimal(row.RecordedAt)}
}

func decimal(number int64) string { return strconv.FormatInt(number, 10) }

// mac is the keyed digest by which a row that was not written by us is found: 64 hexadecimal digits.
func (s *Service) mac(parts []string) string {
	return hex.EncodeToString(s.Key.MAC("ledger", parts...))
}

// sealHash is the digest of a seal: of its number, the seal before it, and what its record says.
func sealHash(previous string, number int64, parts []string) string {
	digest := sha256.New()
	for _, part := range append([]string{previous, decimal(number)}, parts...) {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(part)))
		digest.Write(length[:])
		digest.Write([]byte(part))
	}
	return hex.EncodeToString(digest.Sum(nil))
}

// record is an entry or a service record as the sealing and the verification see it.
type record struct {
	parts []string
	mac   string
	total total
}

func recordOfEntry(row pointsdb.PointsEntry) record {
	return record{parts: entryParts(row), mac: row.Mac, total: totalOf(entryOf(row))}
}

func recordOfService(row pointsdb.PointsService) record {
	return record{parts: serviceParts(row), mac: row.Mac, total: totalOfService(row)}
}

// genuine tells whether the record was written with our key.
func (s *Service) genuine(r record) bool { return r.mac == s.mac(r.parts) }

// allChains is the row of points_chain that tells how many chains there are.
const allChains = ""

// chainMac protects the end of a chain: without the key nobody can move it back.
func (s *Service) chainMac(communityID string, number int64, hash string) string {
	return hex.EncodeToString(s.Key.MAC("ledger chain", communityID, decimal(number), hash))
}

func (s *Service) genuineChain(row pointsdb.PointsChain) bool {
	return row.Mac == s.chainMac(row.CommunityID, row.Number, row.Hash)
}

// sealBatch is how many records one transaction seals at most.
const sealBatch = 500

// errOvertaken says that another runner has sealed the same records at the same moment.
var errOvertaken = errors.New("another runner seals this chain")

// Seal puts every record that waits for it into its community's hash chain. It is to be called every second.
// Two that run at once do no harm: each record is sealed once. A record that was not written with our key is
// logged and left unsealed, and a chain whose end was tampered with is not continued: Verify finds both.
func (s *Service) Seal(ctx context.Context) error {
	communities, err := s.store().queries(ctx).CommunitiesToSeal(ctx)
	if err != nil {
		return fmt.Errorf("communities to seal: %w", err)
	}
	var failed []error
	for _, communityID := range communities {
		err := s.sealCommunity(ctx, communityID)
		if err != nil && !errors.Is(err, errOvertaken) {
			failed = append(failed, fmt.Errorf("seal community %s: %w", communityID, err))
		}
	}
	return errors.Join(failed...)
}

func (s *Service) sealCommunity(ctx context.Context, communityID string) error {
	for {
		looked := 0
		err := s.DB.InTx(ctx, func(ctx context.Context) (err error) {
			looked, err = s.sealSome(ctx, communityID)
			return err
		})
		if err != nil || looked < sealBatch {
			return err
		}
	}
}

// sealSome seals up to sealBatch records and tells how many it looked at.
func (s *Service) sealSome(ctx context.Context, communityID string) (looked int, err error) {
	ids, err := s.store().queries(ctx).ListUnsealed(ctx, pointsdb.ListUnsealedParams{CommunityID: communityID, Limit: sealBatch})
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	records, err := s.store().records(ctx, ids)
	if err != nil {
		return 0, err
	}
	before, err := s.chain(ctx, communityID)
	if err != nil {
		return 0, err
	}
	refused := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return s.belongs(communityID, records, id) })
	sealed := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return slices.Contains(refused, id) })
	if len(sealed) > 0 {
		if err := s.extend(ctx, before, sealed, records); err != nil {
			return 0, err
		}
	}
	s.DB.AfterCommit(ctx, func() {
		if len(refused) > 0 {
			s.Log.ErrorContext(ctx, "ledger records not written by this program are left unsealed; run `ledger verify`",
				"community", communityID, "records", refused)
		}
	})
	return len(ids), s.store().queries(ctx).DeleteUnsealed(ctx, pointsdb.DeleteUnsealedParams{CommunityID: communityID, Ids: ids})
}

// belongs tells whether a record is there, genuine, and of the community.
func (s *Service) belongs(communityID string, records map[string]record, id string) bool {
	found, ok := records[id]
	return ok && found.total.communityID == communityID && s.genuine(found)
}

// chain gives the end of a community's chain, or one with number 0 that is yet to begin.
func (s *Service) chain(ctx context.Context, communityID string) (pointsdb.PointsChain, error) {
	row, err := s.store().chain(ctx, communityID)
	if err != nil {
		return row, err
	}
	if row.Number > 0 && !s.genuineChain(row) {
		return row, errors.New("the end of the chain was not written by this program; run `ledger verify`")
	}
	return row, nil
}

// extend seals records in the order of ids, moves the end of the chain, and adds the records to the
// community's totals.
func (s *Service) extend(ctx context.Context, before pointsdb.PointsChain, ids []string, records map[string]record) error {
	seals := make([]pointsdb.PointsSeal, len(ids))
	totals := make([]total, len(ids))
	end := before
	for i, id := range ids {
		end.Number++
		previous := end.Hash
		end.Hash = sealHash(previous, end.Number, records[id].parts)
		seals[i] = pointsdb.PointsSeal{CommunityID: before.CommunityID, Number: end.Number, RecordID: id, PreviousHash: previous, Hash: end.Hash}
		totals[i] = records[id].total
	}
	err := s.store().insertSeals(ctx, seals)
	if err == nil {
		err = s.moveEnd(ctx, before, end)
	}
	if err == nil {
		err = s.addCommunityTotals(ctx, before.CommunityID, totals)
	}
	if db.IsUnique(err) {
		return errOvertaken
	}
	return err
}

func (s *Service) addCommunityTotals(ctx context.Context, communityID string, totals []total) error {
	community, err := s.Regions.Get(ctx, communityID)
	if err != nil {
		return err
	}
	return s.store().addCommunityTotals(ctx, community, totals)
}

// moveEnd writes where a chain ends now. The first time, it also counts the chain.
func (s *Service) moveEnd(ctx context.Context, before, end pointsdb.PointsChain) error {
	end.Mac = s.chainMac(end.CommunityID, end.Number, end.Hash)
	if err := s.store().saveChain(ctx, before, end); err != nil {
		return err
	}
	if before.Number > 0 {
		return nil
	}
	all, err := s.chain(ctx, allChains)
	if err != nil {
		return err
	}
	more := all
	more.Number++
	more.Mac = s.chainMac(allChains, more.Number, more.Hash)
	return s.store().saveChain(ctx, all, more)
}
