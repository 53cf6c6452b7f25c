import type { Task } from '../../../services/contract/task'

/** A task as it is usually asked for. Nothing is demanded as evidence: whoever writes the task may still ask for it. */
export interface Template {
  star: string
  title: string
  description: string
  points: number
  capacity: number
  repeat: Task['repeat']
}

/** For both kinds of community: the stars that a community does not have are left out where templates are shown. */
export const templates: Template[] = [
  {
    star: 'strong_branch',
    title: '给腿脚不便的老党员念一次材料',
    description: '上门念半小时学习材料，陪着聊聊天。去之前先打个电话，约好时间。',
    points: 15,
    capacity: 5,
    repeat: 'weekly',
  },
  {
    star: 'strong_branch',
    title: '服务大厅值半天班',
    description: '帮来办事的人指路、取号、填表。九点到十二点，自带水杯。',
    points: 30,
    capacity: 4,
    repeat: 'weekly',
  },
  {
    star: 'thriving_business',
    title: '帮小店写一块价目牌',
    description: '找一家小店，问清楚价钱，字写大一些，让老人也看得清。',
    points: 10,
    capacity: 10,
    repeat: 'once',
  },
  {
    star: 'thriving_business',
    title: '陪找活的邻居看看招工栏',
    description: '一起看招工信息，帮着打一个电话、写一份简单的介绍。不收任何费用。',
    points: 15,
    capacity: 10,
    repeat: 'monthly',
  },
  {
    star: 'thriving_industry',
    title: '帮乡亲收半天庄稼',
    description: '给家里缺人手的乡亲搭把手。戴帽子，带水，天热就早点去。',
    points: 30,
    capacity: 10,
    repeat: 'weekly',
  },
  {
    star: 'thriving_industry',
    title: '给自家土特产拍一组好照片',
    description: '帮一户人家把要卖的东西拍清楚，写上几句实在话。',
    points: 15,
    capacity: 8,
    repeat: 'monthly',
  },
  {
    star: 'livable_ecology',
    title: '清一个单元的楼道小广告',
    description: '从一楼清到顶楼，铲子和水桶到社区领。墙皮松的地方不要硬铲。',
    points: 20,
    capacity: 12,
    repeat: 'once',
  },
  {
    star: 'livable_ecology',
    title: '垃圾桶边站一小时，教大家分类',
    description: '早上或傍晚，看着桶，帮大家把厨余和其他垃圾分开。话要说得和气。',
    points: 15,
    capacity: 10,
    repeat: 'weekly',
  },
  {
    star: 'safety_law',
    title: '讲一小时防骗',
    description: '在楼下或活动室，给老人讲讲冒充子女、中奖、保健品这些骗局。讲完留个电话，遇事先问一声。',
    points: 20,
    capacity: 6,
    repeat: 'weekly',
  },
  {
    star: 'safety_law',
    title: '晚上巡一圈',
    description: '两个人一起，八点到九点，沿院子走一圈，看看消防通道、飞线充电和路灯。有事打电话，不要自己上前。',
    points: 20,
    capacity: 4,
    repeat: 'daily',
  },
  {
    star: 'civility',
    title: '看望一位独居老人',
    description: '坐一会儿，说说话，看看水电煤气，问问缺什么。带去的是陪伴，不用带东西。',
    points: 15,
    capacity: 10,
    repeat: 'weekly',
  },
  {
    star: 'civility',
    title: '义剪日搭把手',
    description: '帮老人排队、扶上椅子、扫碎头发。会剪的带上自己的工具。',
    points: 20,
    capacity: 8,
    repeat: 'monthly',
  },
  {
    star: 'harmony',
    title: '看望一位独居老人',
    description: '坐一会儿，说说话，看看水电煤气，问问缺什么。带去的是陪伴，不用带东西。',
    points: 15,
    capacity: 10,
    repeat: 'weekly',
  },
  {
    star: 'harmony',
    title: '教老人用手机',
    description: '教一位老人打视频电话、看公交、挂号。一次教会一件就好，写在纸上留给老人。',
    points: 15,
    capacity: 10,
    repeat: 'weekly',
  },
  {
    star: 'harmony',
    title: '义剪日搭把手',
    description: '帮老人排队、扶上椅子、扫碎头发。会剪的带上自己的工具。',
    points: 20,
    capacity: 8,
    repeat: 'monthly',
  },
]
