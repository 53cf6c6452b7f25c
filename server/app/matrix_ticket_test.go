package app_test

import (
	"net/http"
	"net/url"
	"strings"

	"fivestar/server/app/apptest"
)

const ticketText = "三楼到四楼的灯不亮"

func newTicket(at *place, text string) fields {
	return fields{"region_id": at.ID, "category": "facilities", "text": text, "place": "样板院2号楼", "show_name": true}
}

func aNewTicket(_ *stage, at *place) subject { return subject{body: newTicket(at, ticketText)} }

func ticketsOfTheCommunity(_ *stage, at *place) subject { return subject{query: ofTheCommunity(at)} }

func ticketsOfTheStreet(s *stage, _ *place) subject {
	return subject{query: "?region_id=" + s.World.Street.ID}
}

func similarTicketsOfTheCommunity(_ *stage, at *place) subject {
	return subject{query: ofTheCommunity(at) + "&text=" + url.QueryEscape(ticketText)}
}

// raised is a ticket whose text WeChat has looked at.
func (s *stage) raised(at *place, text string) subject {
	s.Helper()
	raiser := s.person(at)
	id := create(raiser, "/tickets", newTicket(at, text))
	s.texts()
	return subject{ids: []string{id}, owner: raiser}
}

func aTicket(s *stage, at *place) subject { return s.raised(at, ticketText) }

// aTicketWithARefusedText holds the word that the simulated WeChat refuses.
func aTicketWithARefusedText(s *stage, at *place) subject {
	return s.raised(at, "这里有违禁的话，请处理")
}

func aWithdrawnTicket(s *stage, at *place) subject {
	s.Helper()
	ticket := aTicket(s, at)
	act(ticket.owner, ticket, "withdraw", nil)
	return ticket
}

// act does something to a ticket that must succeed.
func act(by *apptest.Client, ticket subject, what string, body any) {
	by.Post("/tickets/"+ticket.ids[0]+"/"+what, body).Want(http.StatusOK)
}

func (s *stage) dispatch(at *place) fields {
	return fields{"organisation_id": at.organisationID, "due_at": s.in48Hours(), "note": "楼里老人多，请先修"}
}

// with gives a ticket that is to be sent a body.
func (s subject) with(body any) subject {
	s.body = body
	return s
}

func (s *stage) whistled(at *place) subject {
	s.Helper()
	ticket := aTicket(s, at)
	act(at.secretary, ticket, "whistle", fields{"note": "要电力公司来"})
	return ticket
}

func (s *stage) dispatched(at *place) subject {
	s.Helper()
	ticket := aTicket(s, at)
	act(at.secretary, ticket, "dispatch", s.dispatch(at))
	return ticket
}

func (s *stage) accepted(at *place) subject {
	s.Helper()
	ticket := s.dispatched(at)
	act(at.assignee, ticket, "accept", nil)
	return ticket
}

var aReason = fields{"reason": "请重新安排"}

func aTicketToDispatch(s *stage, at *place) subject { return aTicket(s, at).with(s.dispatch(at)) }

func aWhistledTicketToDispatch(s *stage, at *place) subject {
	return s.whistled(at).with(s.dispatch(at))
}

func aTicketToRecall(s *stage, at *place) subject { return s.dispatched(at).with(aReason) }

func aTicketToReject(s *stage, at *place) subject { return aTicket(s, at).with(aReason) }

func aWhistledTicketToReject(s *stage, at *place) subject { return s.whistled(at).with(aReason) }

func aTicketToMerge(s *stage, at *place) subject {
	s.Helper()
	return aTicket(s, at).with(fields{"into": aTicket(s, at).ids[0]})
}

func aTicketToWhistle(s *stage, at *place) subject {
	return aTicket(s, at).with(fields{"note": "要电力公司来"})
}

func aDispatchedTicket(s *stage, at *place) subject { return s.dispatched(at) }

// aTicketDispatchedToAPerson has that person as its owner.
func aTicketDispatchedToAPerson(s *stage, at *place) subject {
	s.Helper()
	ticket, worker := aTicket(s, at), s.person(at)
	act(at.secretary, ticket, "dispatch", fields{"person_id": worker.PersonID, "due_at": s.in48Hours()})
	return subject{ids: ticket.ids, owner: worker}
}

func aTicketToDecline(s *stage, at *place) subject { return s.dispatched(at).with(aReason) }

func aTicketToReportOn(s *stage, at *place) subject {
	return s.accepted(at).with(fields{"phase": "during", "text": "灯泡已经买到"})
}

func aTicketToComplete(s *stage, at *place) subject {
	return s.accepted(at).with(fields{"text": "换了灯泡"})
}

var aReview = fields{"score": 5, "outcome": "solved", "text": "亮了"}

func (s *stage) complete(at *place, ticket subject) subject {
	s.Helper()
	act(at.secretary, ticket, "dispatch", s.dispatch(at))
	act(at.assignee, ticket, "accept", nil)
	act(at.assignee, ticket, "complete", fields{"text": "换了灯泡"})
	return ticket.with(aReview)
}

func aTicketToReview(s *stage, at *place) subject { return s.complete(at, aTicket(s, at)) }

// aTicketBackedByAllToReview is backed by every neighbour among the actors, the assignee too.
func aTicketBackedByAllToReview(s *stage, at *place) subject {
	s.Helper()
	ticket := aTicket(s, at)
	backers := neighbours.foreign
	if at.name == ownPlace {
		backers = neighbours.own
	}
	for actor := range strings.FieldsSeq(backers) {
		s.client(actor, ticket).Put("/tickets/"+ticket.ids[0]+"/vote", nil).Want(http.StatusOK)
	}
	return s.complete(at, ticket)
}
