package app_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"fivestar/server/app/apptest"
)

// matrix is who may do what: every call of the contract, on things of one's own community and of another's.
// It is read from the rules and never from the answers of the server. The sets of people are in
// matrix_people_test.go, the things that calls are tried on in matrix_<room>_test.go.
//
// Whoever is not named is refused with 403, and nothing is changed by that; whoever has no session, with 401.
var matrix = []room{
	{"region", []line{
		{call: "listRegions", on: theStreet, may: everyone},
		{call: "getRegion", on: theCommunity, may: everyone},
		{call: "createRegion", on: aNewGrid, may: deskAndUp},
		{call: "createRegion", on: aNewCommunity, may: officers},
		{call: "createRegion", on: aNewStreet, may: officers.without("street")},
		{call: "createRegion", on: aNewDistrict, may: officers.without("street district")},
		{call: "getSettings", on: theCommunity, may: everyone},
		{call: "changeSettings", on: newSettings, may: desk},
		{call: "listSettings", on: nothing, may: everyone},
		{call: "listSettingsChanges", on: theCommunity, may: deskAndUp},
		{call: "listAuditEntries", on: theCommunity, may: deskAndUp},
		{call: "listRoleGrants", on: theCommunity, may: deskAndUp},
		{call: "grantRole", on: aNewGridWorker, may: deskAndUp},
		{call: "grantRole", on: aNewLeader, may: deskAndUp},
		{call: "grantRole", on: aNewAssignee, may: deskAndUp},
		{call: "grantRole", on: aNewSecretary, may: deskAndUp},
		{call: "grantRole", on: aNewStreetOfficer, may: officers},
		{call: "grantRole", on: aNewDistrictOfficer, may: officers.without("street")},
		{call: "grantRole", on: aNewAdmin, may: admin},
		{call: "grantRole", on: aRoleForOneself, may: nobody},
		{call: "revokeRole", on: aGridWorker, may: deskAndUp},
		{call: "revokeRole", on: aSecretary, may: deskAndUp}, // and not by the secretary, who is its owner
		{call: "revokeRole", on: aStreetOfficer, may: officers},
		{call: "revokeRole", on: anAdmin, may: admin},
		{call: "listOrganisations", on: organisationsOfTheCommunity, may: everyone},
		{call: "createOrganisation", on: aNewOrganisation, may: deskAndUp},
		{call: "listServices", on: servicesOfTheCommunity, may: everyone},
		{call: "listServicesOfOrganisation", on: theOrganisation, may: everyone},
		{call: "createService", on: aNewServiceItem, may: deskAndUp},
	}},

	{"person", []line{
		{call: "login", on: aLoginCode, may: ownPhone, stranger: http.StatusCreated},
		{call: "logout", on: aSession, may: ownPhone},
		{call: "logoutEverywhere", on: oneself, may: ownPhone},
		{call: "getMe", on: nothing, may: everyone},
		{call: "getHome", on: nothing, may: everyone},
		{call: "updateMe", on: aNewConsent, may: ownPhone},
		{call: "deleteMe", on: oneself, may: ownPhone},
		{call: "bindPhone", on: aPhoneCode, may: ownPhone},
		{call: "exportMe", on: nothing, may: ownPhone},
		{call: "listPhoneViews", on: nothing, may: ownPhone},
		{call: "getPersonalCode", on: nothing, may: ownPhone},
		{call: "listPeople", on: theGrid, may: gridWorker.and(deskAndUp)},
		{call: "listPeople", on: theCommunity, may: deskAndUp},
		{call: "createPerson", on: aNewPerson, may: gridWorker.and(desk)},
		{call: "getPerson", on: aResident, may: owner.and(gridWorker, deskAndUp)},
		{call: "getPerson", on: someoneWithoutAHome, may: owner},
		{call: "getPhone", on: aResidentWithAPhone, may: gridWorker.and(secretaries, street), leavesATrace: true},
		{call: "verifyHome", on: aResident, may: gridWorker.and(desk)},
		{call: "verifyHome", on: aSecretaryAtHome, may: gridWorker.and(desk)}, // nobody verifies their own
		{call: "doubtHome", on: aResidentVerified, may: gridWorker.and(desk)},
		{call: "listCards", on: aCardHolder, may: owner.and(gridWorker, desk)},
		{call: "issueCard", on: aResident, may: gridWorker.and(desk)},
		{call: "revokeCard", on: aCard, may: owner.and(gridWorker, desk)},
	}},

	{"roster", []line{
		{call: "importRoster", on: aRoster, may: deskAndUp},
		{call: "previewRoster", on: aRoster, may: deskAndUp},
		{call: "getRosterPreview", on: aPreview, may: owner},
		{call: "listRosterPreviewRows", on: aPreview, may: owner},
		{call: "importRosterPreview", on: aPreview, may: owner},
		{call: "listRosterImports", on: theCommunity, may: deskAndUp},
		{call: "getRosterImport", on: anImport, may: deskAndUp},
		{call: "undoRosterImport", on: anImport, may: deskAndUp},
		{call: "listHouseholds", on: theCommunity, may: deskAndUp},
		{call: "listHouseholds", on: theGrid, may: gridWorker.and(deskAndUp)},
		{call: "getHousehold", on: aHousehold, may: gridWorker.and(deskAndUp)},
		{call: "setHouseholdContact", on: aHousehold, may: desk},
		{call: "endHouseholdContact", on: aHouseholdInTouch, may: desk},
		{call: "listMyHouseholds", on: nothing, may: ownPhone},
	}},

	{"points", []line{
		{call: "getMyPoints", on: nothing, may: everyone},
		{call: "listMyPointsEntries", on: nothing, may: everyone},
		{call: "getMyRank", on: nothing, may: nobody, others: http.StatusConflict}, // there is none, unless a community wants it
		{call: "listLeaderboard", on: aCommunityWithALeaderboard, may: residents.and(officers)},
		{call: "listPointsEntries", on: someoneWithPoints, may: owner.and(deskAndUp)},
		{call: "listPoints", on: theCommunity, may: deskAndUp},
		{call: "exportPoints", on: theCommunity, may: deskAndUp, leavesATrace: true},
		{call: "summarisePoints", on: theCommunity, may: deskAndUp},
		{call: "getPointsTrend", on: theCommunity, may: deskAndUp},
		{call: "reversePointsEntry", on: anEntry, may: deskAndUp},
		{call: "reversePointsEntry", on: anEntryOfASecretary, may: deskAndUp}, // and not their own
		{call: "listAdjustments", on: adjustmentsOfTheCommunity, may: deskAndUp},
		{call: "proposeAdjustment", on: aNewAdjustment, may: desk},
		{call: "proposeAdjustment", on: anAdjustmentForOneself, may: nobody},
		{call: "approveAdjustment", on: anAdjustmentOfItsProposer, may: deskAndUp},
		{call: "approveAdjustment", on: anAdjustmentForASecretary, may: deskAndUp},
		{call: "rejectAdjustment", on: anAdjustmentOfItsProposer, may: owner.and(deskAndUp)}, // who may think better of it
		{call: "rejectAdjustment", on: anAdjustmentForASecretary, may: deskAndUp},
		{call: "disputeEntry", on: anEntryToDispute, may: owner},
		{call: "disputeMinutes", on: minutesToDispute, may: owner},
		{call: "disputeMissing", on: somethingMissing, may: whoHasAHome},
		{call: "listMyDisputes", on: nothing, may: everyone},
		{call: "listDisputes", on: theCommunity, may: deskAndUp},
		{call: "answerDispute", on: aDispute, may: deskAndUp},
		{call: "answerDispute", on: aDisputeOfASecretary, may: deskAndUp}, // and not one's own
		{call: "answerDispute", on: aDisputeThroughTheDesksHands, may: officers},
		{call: "appealDispute", on: anAnsweredDispute, may: owner},
		{call: "decideDispute", on: anAppealedDispute, may: officers},
		{call: "decideDispute", on: anAppealAgainstTheStreetsAnswer, may: officers.without("street")},
	}},

	{"oversight", []line{
		{call: "listSpotChecks", on: theCommunity, may: officers},
		{call: "getSpotCheckFigures", on: theCommunity, may: officers},
		{call: "repeatSpotCheckDraw", on: aDrawnMonth, may: officers},
		{call: "answerSpotCheck", on: aSpotCheck, may: officers},
		{call: "answerSpotCheck", on: aSpotCheckOfAnOfficer, may: officers}, // and not one's own
		{call: "listOddCases", on: theCommunity, may: deskAndUp},
		{call: "decideOddCase", on: anOddCase, may: deskAndUp},
		{call: "decideOddCase", on: anOddCaseOfASecretary, may: deskAndUp}, // and not by who is named in it
	}},

	{"notice", []line{
		{call: "listMyNotices", on: nothing, may: everyone},
		{call: "countMyNotices", on: nothing, may: everyone},
		{call: "readNotice", on: aNotice, may: owner},
		{call: "readNotices", on: whatStandsInTheInbox, may: owner},
		{call: "listNoticeTemplates", on: nothing, may: everyone},
		{call: "agreeToNotices", on: aConsent, may: ownPhone},
		{call: "listDeadNotices", on: messagesOfTheCommunity, may: operators},
		{call: "resendNotice", on: aDeadNotice, may: operators},
	}},

	{"content", []line{
		{call: "uploadFile", on: aPhoto, may: everyone},
		{call: "getFile", on: aPhotoOfAClaim, may: owner.and(leader, deskAndUp), others: http.StatusNotFound, stranger: http.StatusNotFound},
		{call: "getFile", on: aPhotoOfATask, may: everyone, others: http.StatusNotFound, stranger: http.StatusNotFound},
		{call: "getThumb", on: aPhotoOfAClaim, may: owner.and(leader, deskAndUp), others: http.StatusNotFound, stranger: http.StatusNotFound},
		{call: "listContentChecks", on: theCommunity, may: deskAndUp},
		{call: "decideContentCheck", on: aTextOfASecretary, may: deskAndUp}, // and not on one's own
	}},

	{"task", []line{
		{call: "createTask", on: aNewTask, may: desk},
		{call: "listTasks", on: tasksOfTheCommunity, may: everyone},
		{call: "listTasks", on: draftsOfTheCommunity, may: desk},
		{call: "getTask", on: aTask, may: everyone},
		{call: "getTask", on: aDraftTask, may: desk},
		{call: "changeTask", on: aChangeOfADraftTask, may: desk},
		{call: "publishTask", on: aDraftTask, may: desk},
		{call: "closeTask", on: aTask, may: desk},
		{call: "withdrawTask", on: aTask, may: desk},
		{call: "takeTask", on: aTask, may: residents},
		{call: "listTaskClaims", on: aTask, may: leader.and(deskAndUp)},
		{call: "scanForTask", on: aClaimToScan, may: helpers},
		{call: "listMyClaims", on: nothing, may: everyone},
		{call: "listRegionClaims", on: theCommunity, may: leader.and(deskAndUp)},
		{call: "getClaim", on: aClaim, may: owner.and(leader, deskAndUp)},
		{call: "abandonClaim", on: aClaim, may: owner},
		{call: "putBackCard", on: aDrawnCard, may: owner},
		{call: "submitClaim", on: aClaimToSubmit, may: owner},
		{call: "reviewClaim", on: aSubmission, may: leader.and(deskAndUp)},
		{call: "reviewClaim", on: aSubmissionOfASecretary, may: leader.and(deskAndUp)}, // and not one's own
		{call: "reviewClaim", on: aSubmissionThroughTheSecretarysHands, may: leader.and(deskAndUp).without("secretary outsider")},
		{call: "appealClaim", on: aRejection, may: owner},
		{call: "decideAppeal", on: anAppeal, may: officers},
		{call: "decideAppeal", on: anAppealAgainstTheStreet, may: officers.without("street")},
		{call: "createStation", on: aNewStation, may: desk},
		{call: "listStations", on: stationsOfTheCommunity, may: everyone},
		{call: "getStation", on: aStation, may: everyone},
		{call: "changeStation", on: aChangeOfAStation, may: desk},
		{call: "getStationCode", on: aStation, may: desk, leavesATrace: true},
		{call: "drawCard", on: aStationWithACard, may: residents},
	}},

	{"team", []line{
		{call: "listTeams", on: teamsOfTheCommunity, may: everyone},
		{call: "createTeam", on: aNewTeam, may: desk},
		{call: "getTeam", on: theTeam, may: everyone},
		{call: "listMembers", on: theTeam, may: leader.and(deskAndUp)},
		{call: "listMembers", on: anotherTeam, may: deskAndUp},
		{call: "joinTeam", on: theTeam, may: residents},
		{call: "decideMember", on: aWishToJoin, may: leader.and(desk)},
		{call: "decideMember", on: aWishToJoinAnotherTeam, may: desk},
		{call: "decideMember", on: aSecretarysWishToJoin, may: leader.and(desk)}, // and not on one's own
		{call: "leaveTeam", on: aMembership, may: everyone, but: answers{"own leader": http.StatusConflict}},
		{call: "listActivities", on: activitiesOfTheCommunity, may: everyone},
		{call: "listMyActivities", on: nothing, may: everyone},
		{call: "createActivity", on: aNewActivity, may: leader.and(desk)},
		{call: "createActivity", on: aNewActivityOfAnotherTeam, may: desk},
		{call: "blowWhistle", on: aNewWhistle, may: desk},
		{call: "getActivity", on: anActivity, may: everyone},
		{call: "getActivity", on: aDraftActivity, may: leader.and(desk), others: http.StatusNotFound},
		{call: "publishActivity", on: aDraftActivity, may: desk},
		{call: "publishActivity", on: aDraftWhereLeadersAreTrusted, may: leader.and(desk)},
		{call: "publishActivity", on: aDraftOfAnotherTeamWhereLeadersAreTrusted, may: desk},
		{call: "cancelActivity", on: anActivityToCancel, may: leader.and(desk)},
		{call: "closeActivity", on: anActivity, may: leader.and(desk)},
		{call: "reopenActivity", on: aClosedActivityToReopen, may: deskAndUp},
		{call: "confirmActivity", on: anActivityThatASecretaryCameTo, may: deskAndUp}, // and not by who was there,
		{call: "confirmActivity", on: anActivityThatASecretaryClosed, may: deskAndUp}, // nor by who closed it
		{call: "listSignups", on: anActivity, may: leader.and(deskAndUp)},
		{call: "signUp", on: anActivity, may: residents},
		{call: "withdrawSignup", on: aSignup, may: everyone},
		{call: "getCheckInCode", on: anActivity, may: leader.and(desk)},
		{call: "checkIn", on: aWalkInCheckIn, may: whoHasAHome},
		{call: "checkIn", on: aCheckInOfWhoSignedUp, may: owner},
		{call: "checkOut", on: aCheckOut, may: owner, others: http.StatusConflict},
		{call: "uploadScans", on: aScan, may: leader.and(desk)},
		{call: "listScans", on: anActivity, may: leader.and(deskAndUp)},
		{call: "listAttendance", on: anActivity, may: leader.and(deskAndUp)},
		{call: "giveWord", on: aWord, may: leader.and(desk)},
	}},

	{"reward", []line{
		{call: "createReward", on: aNewReward, may: desk},
		{call: "listRewards", on: rewardsOfTheCommunity, may: everyone},
		{call: "listRewards", on: draftRewardsOfTheCommunity, may: desk},
		{call: "getReward", on: aReward, may: everyone},
		{call: "getReward", on: aDraftReward, may: desk},
		{call: "changeReward", on: aChangeOfADraftReward, may: desk},
		{call: "publishReward", on: aDraftReward, may: desk},
		{call: "closeReward", on: aReward, may: desk},
		{call: "redeemReward", on: aRewardThatAllCanPay, may: residents},
		{call: "listRewardRedemptions", on: aReward, may: assignee.and(deskAndUp)},
		{call: "listMyRedemptions", on: nothing, may: everyone},
		{call: "getRedemption", on: aRedemption, may: owner.and(assignee, deskAndUp)},
		{call: "cancelRedemption", on: aRedemption, may: owner.and(desk)},
		{call: "fulfilRedemption", on: aCodeToFulfil, may: assignee.and(desk)},
		{call: "fulfilRedemption", on: aCodeOfASecretary, may: assignee.and(desk)}, // and not by who redeemed it
		{call: "fulfilRedemption", on: aCodeThroughTheSecretarysHands, may: assignee.and(desk).without("secretary outsider")},
		{call: "fulfilRedemption", on: aCodeForANeighboursService, may: owner.and(desk)},
		{call: "getStatement", on: theOrganisation, may: assignee.and(deskAndUp)},
		{call: "exportStatement", on: theOrganisation, may: assignee.and(deskAndUp), leavesATrace: true},
	}},

	{"ticket", []line{
		{call: "raiseTicket", on: aNewTicket, may: residents},
		{call: "listTickets", on: ticketsOfTheCommunity, may: residents.and(officers)},
		{call: "listTickets", on: ticketsOfTheStreet, may: officers},
		{call: "listTicketCategories", on: nothing, may: everyone},
		{call: "listMyTickets", on: nothing, may: everyone},
		{call: "listAssignedTickets", on: nothing, may: everyone},
		{call: "listSimilarTickets", on: similarTicketsOfTheCommunity, may: residents.and(officers)},
		{call: "getTicketFigures", on: theCommunity, may: residents.and(officers)},
		{call: "getTicket", on: aTicket, may: residents.and(officers)},
		{call: "getTicket", on: aTicketWithARefusedText, may: owner.and(deskAndUp), but: answersTo(neighbours.without("secretary secretary2 outsider"), http.StatusNotFound)},
		{call: "getTicket", on: aWithdrawnTicket, may: owner.and(deskAndUp), but: answersTo(neighbours.without("secretary secretary2 outsider"), http.StatusNotFound)},
		{call: "printTicket", on: aTicket, may: residents.and(officers)},
		{call: "printTicket", on: aTicketWithARefusedText, may: owner.and(deskAndUp), but: answersTo(neighbours.without("secretary secretary2 outsider"), http.StatusNotFound)},
		{call: "voteTicket", on: aTicket, may: neighbours},
		{call: "unvoteTicket", on: aTicket, may: neighbours},
		{call: "withdrawTicket", on: aTicket, may: owner},
		{call: "dispatchTicket", on: aTicketToDispatch, may: desk},
		{call: "dispatchTicket", on: aWhistledTicketToDispatch, may: deskAndUp},
		{call: "recallTicket", on: aTicketToRecall, may: desk},
		{call: "rejectTicket", on: aTicketToReject, may: desk},
		{call: "rejectTicket", on: aWhistledTicketToReject, may: deskAndUp},
		{call: "mergeTicket", on: aTicketToMerge, may: desk},
		{call: "whistleTicket", on: aTicketToWhistle, may: desk},
		{call: "acceptTicket", on: aDispatchedTicket, may: assignee},
		{call: "acceptTicket", on: aTicketDispatchedToAPerson, may: owner},
		{call: "declineTicket", on: aTicketToDecline, may: assignee},
		{call: "reportTicketProgress", on: aTicketToReportOn, may: assignee},
		{call: "completeTicket", on: aTicketToComplete, may: assignee},
		{call: "reviewTicket", on: aTicketToReview, may: owner},
		{call: "reviewTicket", on: aTicketBackedByAllToReview, may: residents.without("assignee")}, // whose work it was
	}},

	{"figures", []line{
		{call: "getBulletin", on: theCommunity, may: deskAndUp},
		{call: "getBulletin", on: theStreetsFigures, may: officers},
		{call: "listBulletins", on: theCommunity, may: deskAndUp},
		{call: "listBulletinRows", on: aFigureOfTheCommunity, may: deskAndUp},
		{call: "exportBulletin", on: theCommunity, may: deskAndUp},
		{call: "printBulletin", on: theCommunity, may: deskAndUp},
		{call: "getCalendar", on: theCommunity, may: everyone},
		{call: "issueCertificate", on: hoursToCertify, may: owner, others: http.StatusConflict}, // who has no hours
		{call: "listMyCertificates", on: nothing, may: everyone},
		{call: "getMyCertificate", on: aCertificate, may: owner, others: http.StatusNotFound},
		{call: "printCertificate", on: aCertificate, may: owner, others: http.StatusNotFound},
		{call: "revokeCertificate", on: aCertificate, may: owner, others: http.StatusNotFound},
		{call: "checkCertificate", on: aCertificate, may: everyone, stranger: http.StatusOK},
		{call: "listOpenCommunities", on: nothing, may: everyone, stranger: http.StatusOK},
		{call: "exportOpenCommunities", on: nothing, may: everyone, stranger: http.StatusOK},
		{call: "listOpenFigures", on: openFiguresOfTheCommunity, may: everyone, stranger: http.StatusOK},
		{call: "exportOpenFigures", on: openFiguresOfTheCommunity, may: everyone, stranger: http.StatusOK},
	}},
}

// room is one room's part of the matrix, tried on a server of its own.
type room struct {
	name  string
	lines []line
}

// line is one row of the matrix.
type line struct {
	call string // the operation's id in the contract
	on   preparation
	may  people
	// others is how whoever may not is answered; 0 is 403.
	others int
	// stranger is what a call without a session is answered on a public route; 0 is 401.
	stranger int
	// but are people who are answered otherwise than their kind; their calls change nothing either.
	but answers
	// leavesATrace marks a GET that writes something down.
	leavesATrace bool
}

// answers are statuses by "place actor" or "actor".
type answers map[string]int

// answersTo gives the same answer to a set of people.
func answersTo(whom people, status int) answers {
	all := answers{}
	for place, names := range map[string]string{ownPlace: whom.own, foreignPlace: whom.foreign} {
		for name := range strings.FieldsSeq(names) {
			all[place+" "+name] = status
		}
	}
	return all
}

// reads tells whether a call of the line changes nothing, whoever makes it.
func (l line) reads(call operation) bool { return call.method == http.MethodGet && !l.leavesATrace }

// wanted is the status that an actor is to be answered with; 0 stands for 2xx.
func (l line) wanted(place, actor string) int {
	for _, name := range []string{place + " " + actor, actor} {
		if status, ok := l.but[name]; ok {
			return status
		}
	}
	switch {
	case actor == anonymous && l.stranger/100 == 2:
		return 0
	case actor == anonymous && l.stranger != 0:
		return l.stranger
	case actor == anonymous:
		return http.StatusUnauthorized
	case l.may.holds(place, actor):
		return 0
	case l.others != 0:
		return l.others
	}
	return http.StatusForbidden
}

func TestMatrixHoldsEveryCallOfTheContract(t *testing.T) {
	contract := readContract(t)
	known := map[string]bool{}
	for _, room := range matrix {
		for _, line := range room.lines {
			known[line.call] = true
			call, ok := contract.operations[line.call]
			if !ok {
				t.Errorf("the matrix expects something of %s, which the contract does not have", line.call)
			}
			if ok && call.public != (line.stranger != 0) {
				t.Errorf("%s: public is %v in the contract, and a stranger is to be answered %d", line.call, call.public, line.stranger)
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(contract.operations)) {
		if !known[id] {
			t.Errorf("nobody has said who may call %s: give it a line in the matrix", id)
		}
	}
}

// besideTheContract are the routes that are no call of the contract: what runs the server, what publishes the
// contract, and WeChat's own way in, which it signs.
var besideTheContract = []string{
	"/", "/preview/*", "/tickets/:id", "/certificates/:number", "/papers/bulletin", "/papers/certificate",
	"/open311/v2/:document", "/open311/v2/services/:document", "/open311/v2/requests/:document", "/healthz", "/readyz", "/metrics", "/api/docs", "/api/v1/wechat/callback",
	"/api/openapi.json", "/api/openapi.yaml", "/api/openapi-3.0.json", "/api/openapi-3.0.yaml",
}

func TestNoRouteIsBesideTheContract(t *testing.T) {
	contract := readContract(t)
	var known []string
	for _, call := range contract.operations {
		known = append(known, call.method+" "+call.route())
	}
	for _, route := range apptest.StartEmpty(t).App.Web.Echo.Routes() {
		isOperation := slices.Contains(known, route.Method+" "+route.Path)
		if !isOperation && !slices.Contains(besideTheContract, route.Path) {
			t.Errorf("%s %s is in nobody's list: it is tried by no line of the matrix", route.Method, route.Path)
		}
	}
}

func TestMatrix(t *testing.T) {
	contract := readContract(t)
	for _, room := range matrix {
		t.Run(room.name, func(t *testing.T) {
			s := newStage(t)
			for _, line := range room.lines {
				s.in(t, line.call+"/"+line.on.name(), func() { s.try(contract.operations[line.call], line) })
			}
		})
	}
}

// attempt is one call to be made, and what is to come of it.
type attempt struct {
	place *place
	actor string
	want  int // 0 stands for 2xx
}

// try makes the call as everybody in both places: first those who are to be refused, all on one thing, which
// must be left as it was; then the others, each on one of their own if the call changes it.
func (s *stage) try(call operation, l line) {
	s.Helper()
	shared := map[*place]subject{}
	for _, at := range s.places {
		shared[at] = l.on(s, at)
	}
	var refused, allowed []attempt
	for _, one := range s.attempts(l, shared) {
		if one.want == 0 {
			allowed = append(allowed, one)
		} else {
			refused = append(refused, one)
		}
	}
	s.settle()
	before := s.stored()
	for _, one := range refused {
		s.check(one, s.make(call, shared[one.place], one.actor))
	}
	s.wantUnchanged(before, "by somebody who was refused")
	for _, one := range allowed {
		thing := shared[one.place]
		if !l.reads(call) {
			thing = l.on(s, one.place)
		}
		s.check(one, s.make(call, thing, one.actor))
	}
	if l.reads(call) {
		s.wantUnchanged(before, "by reading")
	}
}

// attempts are those of everybody in every place. A thing that belongs to nobody has no owner to try it.
func (s *stage) attempts(l line, shared map[*place]subject) []attempt {
	var all []attempt
	for _, at := range s.places {
		for _, actor := range actors {
			if actor == theOwner && shared[at].owner == nil {
				continue
			}
			all = append(all, attempt{place: at, actor: actor, want: l.wanted(at.name, actor)})
		}
	}
	return all
}

// make makes the call as the actor.
func (s *stage) make(call operation, thing subject, actor string) *apptest.Answer {
	s.Helper()
	client := s.client(actor, thing)
	if thing.as != nil && actor != anonymous && actor != byCard {
		client = thing.as(actor)
	}
	return s.send(client, call, thing)
}

func (s *stage) send(client *apptest.Client, call operation, thing subject) *apptest.Answer {
	s.Helper()
	body := thing.body
	if thing.bodyOf != nil {
		body = thing.bodyOf(client)
	}
	path := call.fill(thing.ids) + thing.query
	if photo, ok := body.(upload); ok {
		return client.Upload(path, photo.name, photo.content)
	}
	return client.Do(call.method, path, body)
}

func (s *stage) check(one attempt, answer *apptest.Answer) {
	s.Helper()
	isGood := answer.Status >= 200 && answer.Status < 300
	if one.want == 0 && !isGood {
		s.Errorf("%s, %s: got %d, should be let through: %s", one.place.name, one.actor, answer.Status, short(answer))
	}
	if one.want != 0 && answer.Status != one.want {
		s.Errorf("%s, %s: got %d, should be %d: %s", one.place.name, one.actor, answer.Status, one.want, short(answer))
	}
	if !isGood {
		s.wantProblem(answer)
	}
}

// wantProblem checks that an error says what it is: to a person in Chinese, to a program by a code.
func (s *stage) wantProblem(answer *apptest.Answer) {
	s.Helper()
	isProblem := strings.HasPrefix(answer.Header.Get("Content-Type"), "application/problem+json")
	if !isProblem || answer.Get("code").String() == "" || !isChinese(answer.Get("detail").String()) {
		s.Errorf("this is no problem that a person can read: %s", short(answer))
	}
}

// short is an answer that fits on a few lines of a test's log.
func short(answer *apptest.Answer) string {
	text := answer.String()
	return text[:min(len(text), 600)]
}
