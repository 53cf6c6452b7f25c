package figures

import "slices"

// division is what a figure is told in parts by.
type division string

const (
	whole      division = ""
	byStar     division = "star"
	byTeam     division = "team"
	byCategory division = "category"
)

// definition is one figure of every bulletin: what it is called, how it is counted in a sentence that a secretary
// can read out, and the rows that it is counted from.
type definition struct {
	key, name, unit, how string
	// of is the figure that this one is a share of.
	of string
	// leftOut are figures of what is not in it, each with the reason in its name.
	leftOut []string
	parts   division
	// inside figures are told only as what was left out of others.
	inside bool
	rows   lister
}

// group is a heading of the bulletin.
type group struct {
	key, name string
	figures   []definition
}

// groups is the whole bulletin in its order.
var groups = []group{
	{"tasks", "微任务", []definition{
		{key: "tasks_published", name: "发布微任务", unit: "项", parts: byStar, rows: store.tasks,
			how: "本期内发布的微任务，一项算一次；后来关闭或撤下的也算。"},
		{key: "claims_taken", name: "认领", unit: "人次", rows: store.claims,
			how: "本期内居民认领的名额；后来放弃或到期的也算，因为确实认领过。"},
		{key: "claims_approved", name: "完成并通过审核", unit: "人次", parts: byStar, rows: store.approved,
			how: "本期内通过审核的认领，按通过的时间算；还在等审核的不算。"},
	}},
	{"activities", "活动与服务时长", []definition{
		{key: "activities_held", name: "开展活动", unit: "场", parts: byTeam, rows: activities("closed", "confirmed"),
			leftOut: []string{"activities_unclosed", "activities_cancelled"},
			how:     "本期内开始、队长已经结束的活动和吹哨。"},
		{key: "activities_unclosed", name: "队长还没有结束的活动", unit: "场", inside: true, rows: activities("published"),
			how: "本期内应当开始、队长还没有结束的活动。"},
		{key: "activities_cancelled", name: "取消了的活动", unit: "场", inside: true, rows: activities("cancelled"),
			how: "原定本期内开始、后来取消的活动。"},
		{key: "attendances", name: "参加", unit: "人次", parts: byTeam, rows: attendances,
			how: "上面这些活动里签到的人，一人一场算一次。"},
		{key: "service_minutes", name: "服务时长", unit: "分钟", parts: byStar, rows: store.services,
			how: "本期内的服务，按书记确认过的分钟数相加；还没有确认的活动不算。撤销的时长从服务当时那一期里减掉。"},
		{key: "team_minutes", name: "其中队伍活动的时长", unit: "分钟", parts: byTeam, rows: store.teamServices,
			how: "上面的时长里，由志愿服务队的活动产生的部分。"},
	}},
	{"tickets", "四联单", []definition{
		{key: "tickets_raised", name: "第一联 点单", unit: "件", parts: byCategory, rows: raised(""), leftOut: []string{"tickets_withdrawn"},
			how: "本期内居民点的单；本期内自己撤回的不算，并到别的单子里的也算。"},
		{key: "tickets_withdrawn", name: "点单人自己撤回的", unit: "件", inside: true, rows: raised("withdraw"),
			how: "本期内点单、本期内又撤回的单子。"},
		{key: "tickets_dispatched", name: "第二联 派单", unit: "件次", rows: ticketActs("dispatch", anyTime), leftOut: []string{"tickets_rejected"},
			how: "本期内派出的单子；退回后重派的再算一次。"},
		{key: "tickets_rejected", name: "说明原因后不予受理的", unit: "件", inside: true, rows: ticketActs("reject", anyTime),
			how: "本期内不予受理的单子，原因写在单子上。"},
		{key: "tickets_accepted", name: "第三联 接单", unit: "件次", rows: ticketActs("accept", anyTime),
			how: "本期内有单位或个人接下的单子。"},
		{key: "tickets_completed", name: "第三联 办完", unit: "件次", rows: ticketActs("complete", anyTime),
			how: "本期内报告办完的单子；重办后再办完的再算一次。"},
		{key: "tickets_in_time", name: "其中按时办完", unit: "件次", of: "tickets_completed", rows: ticketActs("complete", inTime),
			how: "本期内办完、没有超过派单时定的期限的单子。"},
		{key: "tickets_reviewed", name: "第四联 评单", unit: "件次", rows: reviews(1, 5), leftOut: []string{"tickets_unrated", "backer_reviews"},
			how: "本期内点单人作出的评价；重办后再评的再算一次。"},
		{key: "tickets_satisfied", name: "其中满意(4分、5分)", unit: "件次", of: "tickets_reviewed", rows: reviews(4, 5),
			leftOut: []string{"tickets_unrated", "backer_reviews", "tickets_withdrawn", "tickets_rejected"},
			how:     "本期内的评价里打4分或5分的，除以本期内的全部评价。没有评价的单子不进分子也不进分母，从不算作满意。"},
		{key: "tickets_unrated", name: "到期没有人评价的", unit: "件", inside: true, rows: ticketActs("unrated", anyTime),
			how: "本期内到期没有评价、按未评价办结的单子。"},
		{key: "backer_reviews", name: "附议人的评价，只作参考", unit: "件次", inside: true, rows: ticketActs("backer_review", anyTime),
			how: "本期内附议人的评价；一件事由点单人说了算。"},
		{key: "tickets_dissatisfied", name: "其中不满意(1分、2分)", unit: "件次", of: "tickets_reviewed", rows: reviews(1, 2),
			how: "本期内的评价里打1分或2分的；前两次会退回重办。"},
		{key: "tickets_overdue", name: "超期", unit: "件次", rows: store.overdue,
			how: "本期内有一道期限(派单、接单或办理)到了还没有做完的单子，一道期限算一次；后来做完了也算。"},
	}},
	{"points", "积分", []definition{
		{key: "people_earned", name: "有积分入账的人", unit: "人", rows: store.earners,
			how: "本期内获得的积分减去撤销的以后还大于零的人，一人在一个社区算一次。"},
		{key: "points_given", name: "发放积分", unit: "分", parts: byStar, rows: store.counted, leftOut: []string{"corrections_since"},
			how: "本期内发放的积分减去对它们的撤销。兑换花掉的不从这里减。"},
		{key: "points_spent", name: "兑换花掉积分", unit: "分", rows: spent("redemption"), leftOut: []string{"points_returned"},
			how: "本期内兑换用掉的积分，按兑换的时间算。"},
		{key: "points_returned", name: "取消或没有领取、退回的积分", unit: "分", inside: true, rows: spent("reversal"),
			how: "本期内退回的兑换积分，按退回的时间算。"},
		{key: "corrections_since", name: "本期结束以后才撤销的(已经减掉)", unit: "笔", inside: true, rows: store.corrected,
			how: "本期的积分在本期结束以后被撤销的笔数。有了它，同一期的通报前后不同也说得清楚。"},
	}},
}

// define gives a figure by its key.
func define(key string) (definition, bool) {
	for _, group := range groups {
		at := slices.IndexFunc(group.figures, func(d definition) bool { return d.key == key })
		if at >= 0 {
			return group.figures[at], true
		}
	}
	return definition{}, false
}
