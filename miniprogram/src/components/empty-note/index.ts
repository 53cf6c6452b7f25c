/** Says that a list is empty, and what to do about it; the slot takes a button. */
Component({
  properties: {
    text: { type: String, value: '' },
    hint: { type: String, value: '' },
    icon: { type: String, value: 'info-circle' },
  },
})
