package figures

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fivestar/server/content"
	"fivestar/server/db"
	"fivestar/server/fault"
	"fivestar/server/figures/internal/figuresdb"
	"fivestar/server/points"
	"fivestar/server/region"
	"fivestar/server/team"
)

// Calendar is what a community offers its people: every day a service, every week an activity, every month work
// together with partners, every year honours; and plainly, which of that is missing.
type Calendar struct {
	Region Place  `json:"region"`
	Month  string `json:"month" example:"2026-11"`
	Days   []Day  `json:"days" nullable:"false"`
	// Weeks are those that the month has a day of.
	Weeks []CalendarWeek `json:"weeks" nullable:"false"`
	// ByAppointment are services whose words name no day.
	ByAppointment []CalendarService `json:"by_appointment" nullable:"false"`
	CoBuilding    CoBuilding        `json:"co_building"`
	Honours       Honours           `json:"honours"`
	Missing       []string          `json:"missing" nullable:"false" doc:"Chinese sentences, empty when nothing is missing"`
}

// Day is one day of the calendar.
type Day struct {
	Date       string             `json:"date" example:"2026-11-22"`
	Services   []CalendarService  `json:"services" nullable:"false"`
	Activities []CalendarActivity `json:"activities" nullable:"false"`
	Tasks      []CalendarTask     `json:"tasks" nullable:"false" doc:"Those that can be taken until that day"`
}

// CalendarService is what an organisation offers.
type CalendarService struct {
	ID               string `json:"id"`
	Title            string `json:"title"`
	OrganisationName string `json:"organisation_name"`
	Rhythm           string `json:"rhythm" doc:"When, in people's words"`
}

// CalendarActivity is an activity on its day.
type CalendarActivity struct {
	ID         string    `json:"id"`
	Title      string    `json:"title"`
	StartsAt   time.Time `json:"starts_at"`
	Place      string    `json:"place"`
	TeamName   string    `json:"team_name,omitempty"`
	CoBuilding bool      `json:"co_building" doc:"Of a team of a company or of merchants"`
}

// CalendarTask is a task that can be taken until a day.
type CalendarTask struct {
	ID    string    `json:"id"`
	Title string    `json:"title"`
	Until time.Time `json:"until"`
}

// CalendarWeek is a week, Monday to Sunday.
type CalendarWeek struct {
	From       string `json:"from"`
	To         string `json:"to" doc:"Its Sunday"`
	Activities int    `json:"activities"`
}

// CoBuilding is what was done together with partners in the month.
type CoBuilding struct {
	Activities     int   `json:"activities"`
	PartnerTickets int64 `json:"partner_tickets" doc:"Tickets that partner organisations completed"`
}

// Honours are those of the year, up to now; nobody is named.
type Honours struct {
	Year         string       `json:"year"`
	Grades       []GradeCount `json:"grades" nullable:"false"`
	Certificates int64        `json:"certificates" doc:"Certificates of service hours issued to people who live here"`
}

// GradeCount is how many reached a volunteer grade by their hours in the community.
type GradeCount struct {
	Grade  int   `json:"grade"`
	People int64 `json:"people"`
}

const (
	// mostOnCalendar bounds what a month shows of one thing.
	mostOnCalendar = 500
	// hiddenText stands for what the content check has not passed.
	hiddenText = "(内容审核中)"
	// firstYear is the first that hours may be of.
	firstYear = 2020
	// leastMinutes is below the first grade.
	leastMinutes = 100 * 60
)

// coBuildingTeams are the kinds of teams that partners make.
var coBuildingTeams = []team.Kind{team.Company, team.Merchants}

// Calendar gives a month of a community's calendar to anybody who has logged in; an empty month is that of now.
func (s *Service) Calendar(ctx context.Context, communityID, month string) (Calendar, error) {
	community, err := s.Regions.GetCommunity(ctx, communityID)
	if err != nil {
		return Calendar{}, err
	}
	now := s.DB.Now()
	if month == "" {
		month = now.In(db.Shanghai).Format("2006-01")
	}
	if !monthForm.MatchString(month) {
		return Calendar{}, fault.InvalidField("month", "月份请写成 2026-11")
	}
	in, err := parseSpan(month, now)
	if err != nil {
		return Calendar{}, fault.InvalidField("month", "月份请写成 2026-11")
	}
	made := Calendar{Region: Place{community.ID, community.Name, community.Kind}, Month: month, ByAppointment: []CalendarService{}, Missing: []string{}}
	for day := in.from; day.Before(in.to); day = day.AddDate(0, 0, 1) {
		made.Days = append(made.Days, Day{Date: day.Format(time.DateOnly),
			Services: []CalendarService{}, Activities: []CalendarActivity{}, Tasks: []CalendarTask{}})
	}
	return made, s.fill(ctx, community, in, &made)
}

func (s *Service) fill(ctx context.Context, community region.Region, in span, made *Calendar) error {
	queries := s.store().queries(ctx)
	services, err := queries.CalendarServices(ctx, figuresdb.CalendarServicesParams{RegionID: community.ID, Limit: mostOnCalendar})
	if err != nil {
		return fmt.Errorf("services of a calendar: %w", err)
	}
	made.addServices(services, in)
	from, to := in.millis()
	tasks, err := queries.CalendarTasks(ctx, figuresdb.CalendarTasksParams{RegionID: community.ID, FromAt: from, ToAt: to, Limit: mostOnCalendar})
	if err != nil {
		return fmt.Errorf("tasks of a calendar: %w", err)
	}
	for _, row := range tasks {
		until := db.Time(row.ClaimUntil)
		day := &made.Days[until.In(db.Shanghai).Day()-1]
		day.Tasks = append(day.Tasks, CalendarTask{ID: row.ID, Title: row.Title, Until: until})
	}
	// The weeks at the edges reach into the months beside.
	weeks := span{from: mondayOf(in.from), to: mondayOf(in.to.Add(-time.Millisecond)).AddDate(0, 0, daysInWeek)}
	firstDay, end := weeks.millis()
	activities, err := queries.CalendarActivities(ctx, figuresdb.CalendarActivitiesParams{RegionID: community.ID, FromAt: firstDay, ToAt: end, Limit: mostOnCalendar})
	if err != nil {
		return fmt.Errorf("activities of a calendar: %w", err)
	}
	made.addWeeks(weeks)
	made.addActivities(activities, weeks, in)
	if made.CoBuilding.PartnerTickets, err = queries.CountPartnerWork(ctx, figuresdb.CountPartnerWorkParams{RegionID: community.ID, FromAt: from, ToAt: to}); err != nil {
		return fmt.Errorf("work of partners: %w", err)
	}
	if made.Honours, err = s.honours(ctx, community.ID, in.from.Year()); err != nil {
		return err
	}
	made.tellMissing()
	return nil
}

func (c *Calendar) addServices(rows []figuresdb.CalendarServicesRow, in span) {
	for _, row := range rows {
		item := CalendarService{ID: row.ID, Title: row.Title, OrganisationName: row.Name, Rhythm: row.Rhythm}
		isOn := readRhythm(row.Rhythm)
		if isOn == nil {
			c.ByAppointment = append(c.ByAppointment, item)
			continue
		}
		for i := range c.Days {
			if isOn(in.from.AddDate(0, 0, i)) {
				c.Days[i].Services = append(c.Days[i].Services, item)
			}
		}
	}
}

func (c *Calendar) addWeeks(weeks span) {
	for monday := weeks.from; monday.Before(weeks.to); monday = monday.AddDate(0, 0, daysInWeek) {
		c.Weeks = append(c.Weeks, CalendarWeek{From: monday.Format(time.DateOnly), To: monday.AddDate(0, 0, daysInWeek-1).Format(time.DateOnly)})
	}
}

func (c *Calendar) addActivities(rows []figuresdb.CalendarActivitiesRow, weeks, in span) {
	for _, row := range rows {
		starts := db.Time(row.StartsAt)
		c.Weeks[int(starts.Sub(weeks.from)/(daysInWeek*24*time.Hour))].Activities++
		if starts.Before(in.from) || !starts.Before(in.to) {
			continue
		}
		shown := CalendarActivity{ID: row.ID, Title: row.Title, StartsAt: starts, Place: row.PlaceName, TeamName: row.TeamName,
			CoBuilding: slices.Contains(coBuildingTeams, team.Kind(row.TeamKind))}
		passed := content.State(row.ContentState)
		if passed != content.Passed && (passed != content.Pending || !row.DeskPublished) {
			shown.Title, shown.Place = hiddenText, hiddenText
		}
		if shown.CoBuilding {
			c.CoBuilding.Activities++
		}
		day := &c.Days[starts.In(db.Shanghai).Day()-1]
		day.Activities = append(day.Activities, shown)
	}
}

// honours counts who reached a grade in the year by their hours in the community, and the certificates of the year.
func (s *Service) honours(ctx context.Context, communityID string, year int) (Honours, error) {
	made := Honours{Year: fmt.Sprintf("%04d", year), Grades: []GradeCount{}}
	years := []string{made.Year}
	for earlier := firstYear; earlier < year && earlier < firstYear+100; earlier++ {
		years = append(years, fmt.Sprintf("%04d", earlier))
	}
	rows, err := s.store().queries(ctx).HoursOfTheYear(ctx, figuresdb.HoursOfTheYearParams{
		CommunityID: communityID, Year: made.Year, Years: years, Least: leastMinutes})
	if err != nil {
		return Honours{}, fmt.Errorf("hours of the year: %w", err)
	}
	counts := map[int]int64{}
	for _, row := range rows {
		if grade := points.Grade(row.Minutes); grade > points.Grade(row.Minutes-row.MinutesOfYear) {
			counts[grade]++
		}
	}
	for grade := 1; grade <= points.Grade(1<<40); grade++ {
		if counts[grade] > 0 {
			made.Grades = append(made.Grades, GradeCount{Grade: grade, People: counts[grade]})
		}
	}
	first := time.Date(year, time.January, 1, 0, 0, 0, 0, db.Shanghai)
	made.Certificates, err = s.store().queries(ctx).CountCertificates(ctx, figuresdb.CountCertificatesParams{
		CommunityID: communityID, FromAt: db.Millis(first), ToAt: db.Millis(first.AddDate(1, 0, 0))})
	if err != nil {
		return Honours{}, fmt.Errorf("certificates of the year: %w", err)
	}
	return made, nil
}

// tellMissing says in sentences what of the four promises the month does not keep.
func (c *Calendar) tellMissing() {
	empty := 0
	for _, day := range c.Days {
		if len(day.Services) == 0 && len(day.Activities) == 0 {
			empty++
		}
	}
	if empty > 0 {
		c.Missing = append(c.Missing, fmt.Sprintf("每天有服务：有%d天还没有安排服务或活动", empty))
	}
	var weeks []string
	for _, week := range c.Weeks {
		if week.Activities == 0 {
			weeks = append(weeks, monthAndDay(week.From)+"至"+monthAndDay(week.To))
		}
	}
	if len(weeks) > 0 {
		c.Missing = append(c.Missing, "每周有活动："+strings.Join(weeks, "、")+"还没有活动")
	}
	if c.CoBuilding.Activities == 0 && c.CoBuilding.PartnerTickets == 0 {
		c.Missing = append(c.Missing, "每月有共建：这个月还没有和联建单位、商户一起做的事")
	}
	if len(c.Honours.Grades) == 0 && c.Honours.Certificates == 0 {
		c.Missing = append(c.Missing, "每年有荣誉：今年还没有人评上星级，也没有人开过服务证书")
	}
}

func monthAndDay(date string) string {
	return fmt.Sprintf("%d月%d日", number(date[5:7]), number(date[8:]))
}
