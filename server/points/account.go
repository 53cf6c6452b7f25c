package points

import "hash/fnv"

// issuingAccounts is how many accounts a community issues points from. One would be a row that every posting
// in the community waits for; with several, postings to different people seldom meet. A community's balance
// is the sum of them.
const issuingAccounts = 16

// personAccount is the account of a person in a community: what is earned there is spent there.
func personAccount(communityID, personID string) string { return communityID + ":" + personID }

// issuingAccount is the account of a community that a person is paid from, and pays to.
func issuingAccount(communityID, personID string) string {
	const digits = "0123456789abcdef"
	hash := fnv.New32a()
	hash.Write([]byte(personID))
	return communityID + "#" + digits[hash.Sum32()%issuingAccounts:][:1]
}
