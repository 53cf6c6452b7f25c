/** For who does not live in the community of what is on show: what to do, or why there is nothing to do. */
Component({
  properties: {
    /** See living.ts. Nothing is shown for `here`. */
    living: { type: String, value: 'here' },
    /** What a home is needed for, as in “选好常住社区，就能…”. */
    purpose: { type: String, value: '' },
    /** Said to who lives in another community. */
    elsewhere: { type: String, value: '' },
  },
})
