/** A volunteer's grade: 1 to 5 stars at these service hours. */
const gradeHours = [100, 300, 600, 1000, 1500]

export interface GradeText {
  name: string
  /** What the next grade takes; praise at the last. */
  next: string
  /** Of the way from this grade to the next, 0 to 100. */
  percent: number
}

export function gradeText(grade: number, serviceMinutes: number): GradeText {
  const name = grade ? `${'一二三四五'[grade - 1]}星志愿者` : '还没有星级'
  if (grade >= gradeHours.length) return { name, next: '已经是最高星级，谢谢您', percent: 100 }
  const from = grade ? gradeHours[grade - 1] * 60 : 0
  const until = gradeHours[grade] * 60
  const hoursLeft = Math.ceil((until - serviceMinutes) / 60)
  const percent = Math.min(100, Math.max(0, Math.floor(((serviceMinutes - from) / (until - from)) * 100)))
  return { name, next: `再服务${hoursLeft}小时，就是${'一二三四五'[grade]}星志愿者`, percent }
}
