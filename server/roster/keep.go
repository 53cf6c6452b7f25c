package roster

import (
	"context"
	"fmt"
	"time"

	"fivestar/server/db"
	"fivestar/server/person"
)

// Kept is what the roster keeps about a person, for that person.
type Kept struct {
	Households []KeptHousehold `json:"households"`
	Contacts   []KeptContact   `json:"contacts"`
	Imports    []KeptImport    `json:"imports"`
}

// KeptHousehold is where the person is listed as living.
type KeptHousehold struct {
	Number   string    `json:"number"`
	Relation string    `json:"relation,omitempty"`
	AddedAt  time.Time `json:"added_at"`
}

// KeptContact is a household that the person keeps, or kept, in touch with as a Party member.
type KeptContact struct {
	Household string    `json:"household"`
	From      time.Time `json:"from"`
	Until     time.Time `json:"until,omitzero"`
}

// KeptImport is what an import of a roster did to the person. What was before and after is kept for a day.
type KeptImport struct {
	ImportID   string         `json:"import_id"`
	ImportedBy string         `json:"imported_by"`
	ImportedAt time.Time      `json:"imported_at"`
	Before     *person.Listed `json:"before,omitempty"`
	After      *person.Listed `json:"after,omitempty"`
}

// Export gives all of it.
func (s *Service) Export(ctx context.Context, personID string) (any, error) {
	queries := s.store().queries(ctx)
	kept := Kept{Households: []KeptHousehold{}, Contacts: []KeptContact{}, Imports: []KeptImport{}}
	households, err := queries.HouseholdOfPerson(ctx, personID)
	if err != nil {
		return nil, fmt.Errorf("household of a person: %w", err)
	}
	for _, row := range households {
		kept.Households = append(kept.Households, KeptHousehold{row.Number, row.Relation, db.Time(row.AddedAt)})
	}
	contacts, err := queries.ContactsOfPerson(ctx, personID)
	if err != nil {
		return nil, fmt.Errorf("households of a Party member: %w", err)
	}
	for _, row := range contacts {
		kept.Contacts = append(kept.Contacts, KeptContact{row.Number, db.Time(row.FromAt), db.Time(row.UntilAt)})
	}
	imports, err := queries.ChangesOfPerson(ctx, personID)
	if err != nil {
		return nil, fmt.Errorf("imports of a person: %w", err)
	}
	for _, row := range imports {
		kept.Imports = append(kept.Imports, KeptImport{row.ImportID, row.ImportedBy, db.Time(row.ImportedAt), personState(row.BeforeJson), personState(row.AfterJson)})
	}
	return kept, nil
}

// Erase takes a person who leaves out of households, links, and what imports noted, in the transaction of ctx.
func (s *Service) Erase(ctx context.Context, personID string) error {
	return s.DB.InTx(ctx, func(ctx context.Context) error {
		queries := s.store().queries(ctx)
		for _, remove := range []func(context.Context, string) error{
			queries.DeleteMembershipOf, queries.DeleteContactsOf, queries.DeleteChangesOfPerson, queries.DeletePreviewRowsOfPerson,
		} {
			if err := remove(ctx, personID); err != nil {
				return fmt.Errorf("erase from the roster: %w", err)
			}
		}
		return nil
	})
}
