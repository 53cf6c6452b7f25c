import type { Task } from '../../services/contract/task'
import { toTaskRow, type TaskRow } from './task-row'

/** A task in a list; a tap opens it. */
Component({
  properties: { task: { type: Object, value: {} as Task } },
  data: { row: null as TaskRow | null },
  observers: {
    task(task: Task) {
      this.setData({ row: task?.id ? toTaskRow(task) : null })
    },
  },
})
