import { expect, test } from 'vitest'
import { toOwnView } from '../../src/pages/points/index/points-view'
import type { Own } from '../../src/services/contract/points'
import { gradeText } from '../../src/wording/grades'

test.each([
  [0, 30, '还没有星级', '再服务70小时，就是一星志愿者', 30],
  [1, 200, '一星志愿者', '再服务100小时，就是二星志愿者', 50],
  [4, 1250, '四星志愿者', '再服务250小时，就是五星志愿者', 50],
  [5, 1600, '五星志愿者', '已经是最高星级，谢谢您', 100],
])('grade %i at %i hours', (grade, hours, name, next, percent) => expect(gradeText(grade, hours * 60)).toEqual({ name, next, percent }))

test('the points page tells the same grade as the page of hours', () => {
  const own = { balance: 0, earned: { month: 0, quarter: 0, year: 0 }, by_star: {}, service_minutes: 200 * 60, grade: 1, accounts: [] } as unknown as Own
  expect(toOwnView(own).grade).toEqual(gradeText(1, 200 * 60))
})
