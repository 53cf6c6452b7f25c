import { isOpen } from '../../components/task-card/task-row'
import { stateText } from '../../components/claim-card/claim-row'
import type { FileLink } from '../../services/files'
import type { Claim, Task } from '../../services/contract/task'
import { claimActs, repeats } from '../../wording/names'
import { moment, timeLeft } from '../../wording/time'

type Evidence = Task['evidence']

/** What is to be handed in, as a sentence; '' for nothing. */
export function evidenceText({ text, photos_before, photos_after }: Evidence): string {
  const asked = [text && '一句完成情况', photos_before && '开始前的照片', photos_after && '完成后的照片'].filter(Boolean)
  return asked.join('、')
}

export function toTaskView(task: Task, now = new Date()) {
  return {
    id: task.id,
    star: task.star,
    title: task.title,
    description: task.description,
    photos: task.photos ?? ([] as FileLink[]),
    points: task.points,
    isScan: task.verify === 'scan',
    myClaim: task.my_claim_id ?? '',
    isOpen: isOpen(task, now),
    closedNote: closedNote(task),
    facts: factsOf(task, now),
  }
}

function factsOf(task: Task, now: Date): { name: string; text: string }[] {
  const evidence = evidenceText(task.evidence)
  const facts = [
    { name: '地点', text: task.place },
    { name: '名额', text: `${task.capacity} 个，还剩 ${task.places_left} 个` },
    { name: '认领截止', text: `${moment(task.claim_until, now)}（${timeLeft(task.claim_until, now)}）` },
    { name: '完成期限', text: moment(task.due_at, now) },
    { name: '可以领几次', text: repeats[task.repeat] },
    { name: '怎么确认', text: task.verify === 'scan' ? '做完后，请现场的同志扫您的个人码' : '做完后交上来，由社区审核' },
    { name: '要交什么', text: task.verify === 'scan' ? '' : evidence || '什么都不用交，点一下「做完了」就行' },
  ]
  return facts.filter(({ text }) => text)
}

function closedNote(task: Task): string {
  if (task.state !== 'published') return '这项任务已经结束'
  return task.places_left <= 0 ? '名额已经领完了，看看别的任务吧' : '认领已经截止，看看别的任务吧'
}

/** A claim as its own person, or a reviewer, sees it. */
export function toClaimView(claim: Claim, isMine: boolean, now = new Date()) {
  const task = claim.task
  const isToDo = claim.state === 'claimed' || claim.state === 'returned'
  const isLate = new Date(claim.due_at) <= now
  const isScan = task?.verify === 'scan'
  return {
    id: claim.id,
    taskId: claim.task_id,
    title: task?.title ?? '微任务',
    description: task?.description ?? '',
    place: task?.place ?? '',
    star: task?.star ?? '',
    state: claim.state,
    stateText: stateText(claim),
    due: isToDo ? `完成期限 ${moment(claim.due_at, now)}（${timeLeft(claim.due_at, now)}）` : '',
    note: noteOf(claim),
    reason: claim.reason ?? '',
    canSubmit: isMine && isToDo && !isScan && !isLate,
    showsCode: isMine && claim.state === 'claimed' && isScan,
    isToDo: isMine && isToDo && !isLate,
    canAbandon: isMine && claim.state === 'claimed',
    waitsForWord: isMine && claim.state === 'submitted',
    canAppeal: isMine && claim.state === 'rejected' && !claim.appeal,
    stationId: claim.station_id ?? '',
    evidence: { text: Boolean(task?.evidence.text), before: Boolean(task?.evidence.photos_before), after: Boolean(task?.evidence.photos_after) },
    asksNothing: !task || !evidenceText(task.evidence),
    text: claim.text ?? '',
    photos: claim.photos ?? ([] as FileLink[]),
    timeline: (claim.timeline ?? []).map((event) => ({
      id: event.id,
      act: claimActs[event.act] ?? '',
      by: [event.person_name, event.helper_name && `${event.helper_name} 代办`].filter(Boolean).join('，'),
      at: moment(event.at, now),
      text: event.text ?? '',
    })),
  }
}

function noteOf(claim: Claim): string {
  const points = claim.task?.points ?? 0
  if (claim.appeal === 'pending') return '申诉已经送到街道，等街道答复。'
  if (claim.appeal === 'upheld') return '街道看过了，维持原来的结论。'
  switch (claim.state) {
    case 'claimed':
      return claim.task?.verify === 'scan' ? '到了现场，请那里的同志扫您的个人码。' : `做完后点下面的按钮。通过后得 ${points} 积分。`
    case 'submitted':
      return `已经交给社区了，审核通过后得 ${points} 积分。`
    case 'approved':
      return `${points} 积分已经到账，谢谢您！`
    case 'returned':
      return '社区请您补充一下，再交一次。'
    case 'rejected':
      return '这次没有通过。觉得不对，可以向街道申诉一次。'
    case 'abandoned':
      return '名额已经让给别人了。'
    default:
      return '过了完成期限，名额已经让给别人了。'
  }
}
