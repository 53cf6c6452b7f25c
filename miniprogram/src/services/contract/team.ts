/** Written by scripts/generate-services.mjs from server/openapi.json. Do not edit. */
import type { components } from '../../typings/contract'
import { call, type Page } from '../call'

type Schemas = components['schemas']
export type Activity = Schemas['TeamActivity']
export type Attendance = Schemas['TeamAttendance']
export type CheckOutRequest = Schemas['CheckOutRequest']
export type CloseActivityRequest = Schemas['CloseActivityRequest']
export type DecideMemberRequest = Schemas['DecideMemberRequest']
export type LeaderWord = Schemas['TeamLeaderWord']
export type Member = Schemas['TeamMember']
export type NewActivity = Schemas['TeamNewActivity']
export type NewCheckIn = Schemas['TeamNewCheckIn']
export type NewTeam = Schemas['TeamNewTeam']
export type NewWhistle = Schemas['TeamNewWhistle']
export type Reason = Schemas['TeamReason']
export type RotatingCode = Schemas['TeamRotatingCode']
export type Scan = Schemas['TeamScan']
export type ScanResults = Schemas['TeamScanResults']
export type Signup = Schemas['TeamSignup']
export type Team = Schemas['Team']
export type UploadScansRequest = Schemas['UploadScansRequest']

/** 活动列表 */
export const listActivities = (query: { limit?: number; cursor?: string; region_id?: string; team_id?: string; state?: 'draft' | 'published' | 'closed' | 'confirmed' | 'cancelled'; from?: string } = {}) =>
  call<Page<Activity>>('GET', '/activities', { query })

/** 发起活动 */
export const createActivity = (body: NewActivity) =>
  call<Activity>('POST', '/activities', { body })

/** 一个活动 */
export const getActivity = (id: string) =>
  call<Activity>('GET', `/activities/${encodeURIComponent(id)}`)

/** 签到名单 */
export const listAttendance = (id: string, query: { limit?: number; cursor?: string; flagged?: boolean } = {}) =>
  call<Page<Attendance>>('GET', `/activities/${encodeURIComponent(id)}/attendance`, { query })

/** 队长补登 */
export const giveWord = (id: string, body: LeaderWord) =>
  call<Attendance>('POST', `/activities/${encodeURIComponent(id)}/attendance`, { body })

/** 取消活动 */
export const cancelActivity = (id: string, body: Reason) =>
  call<Activity>('POST', `/activities/${encodeURIComponent(id)}/cancel`, { body })

/** 现场签到码 */
export const getCheckInCode = (id: string) =>
  call<RotatingCode>('GET', `/activities/${encodeURIComponent(id)}/checkin-code`)

/** 签到 */
export const checkIn = (id: string, body: NewCheckIn) =>
  call<Attendance>('POST', `/activities/${encodeURIComponent(id)}/checkins`, { body })

/** 签退 */
export const checkOut = (id: string, body: CheckOutRequest) =>
  call<Attendance>('POST', `/activities/${encodeURIComponent(id)}/checkouts`, { body })

/** 结束活动 */
export const closeActivity = (id: string, body: CloseActivityRequest) =>
  call<Activity>('POST', `/activities/${encodeURIComponent(id)}/close`, { body })

/** 确认活动，发放积分 */
export const confirmActivity = (id: string) =>
  call<Activity>('POST', `/activities/${encodeURIComponent(id)}/confirm`)

/** 发布活动 */
export const publishActivity = (id: string) =>
  call<Activity>('POST', `/activities/${encodeURIComponent(id)}/publish`)

/** 退回给队长 */
export const reopenActivity = (id: string, body: Reason) =>
  call<Activity>('POST', `/activities/${encodeURIComponent(id)}/reopen`, { body })

/** 扫码记录 */
export const listScans = (id: string, query: { limit?: number; cursor?: string } = {}) =>
  call<Page<Scan>>('GET', `/activities/${encodeURIComponent(id)}/scans`, { query })

/** 上传扫码 */
export const uploadScans = (id: string, body: UploadScansRequest) =>
  call<ScanResults>('POST', `/activities/${encodeURIComponent(id)}/scans`, { body })

/** 报名名单 */
export const listSignups = (id: string, query: { limit?: number; cursor?: string } = {}) =>
  call<Page<Signup>>('GET', `/activities/${encodeURIComponent(id)}/signups`, { query })

/** 报名 */
export const signUp = (id: string) =>
  call<Signup>('POST', `/activities/${encodeURIComponent(id)}/signups`)

/** 取消报名 */
export const withdrawSignup = (id: string) =>
  call<void>('DELETE', `/activities/${encodeURIComponent(id)}/signups/mine`)

/** 我的活动 */
export const listMyActivities = (query: { limit?: number; cursor?: string } = {}) =>
  call<Page<Activity>>('GET', '/me/activities', { query })

/** 社区的志愿服务队 */
export const listTeams = (query: { limit?: number; cursor?: string; region_id: string }) =>
  call<Page<Team>>('GET', '/teams', { query })

/** 新建志愿服务队 */
export const createTeam = (body: NewTeam) =>
  call<Team>('POST', '/teams', { body })

/** 一支志愿服务队 */
export const getTeam = (id: string) =>
  call<Team>('GET', `/teams/${encodeURIComponent(id)}`)

/** 队员名单 */
export const listMembers = (id: string, query: { limit?: number; cursor?: string } = {}) =>
  call<Page<Member>>('GET', `/teams/${encodeURIComponent(id)}/members`, { query })

/** 申请入队 */
export const joinTeam = (id: string) =>
  call<Member>('POST', `/teams/${encodeURIComponent(id)}/members`)

/** 退出队伍 */
export const leaveTeam = (id: string) =>
  call<void>('DELETE', `/teams/${encodeURIComponent(id)}/members/mine`)

/** 审批入队申请 */
export const decideMember = (id: string, personId: string, body: DecideMemberRequest) =>
  call<Member>('POST', `/teams/${encodeURIComponent(id)}/members/${encodeURIComponent(personId)}/decision`, { body })

/** 吹哨 */
export const blowWhistle = (body: NewWhistle) =>
  call<Activity>('POST', '/whistles', { body })
