/** Deliberate mistakes: the comparison with the engine must catch each of them, which shows that it can fail. */

export const mutations = [
  'ties reversed',
  'no energy while down',
  'failed watts at idle',
  'retries not counted',
  'detection at once',
  'detection never cancelled',
  'arrivals before ends',
  'speed of the fastest node',
  'start-up of the last node',
  'gang may span clusters',
  'shadows in the same zone',
  'fault at full length',
  'cursor at the first node',
  'best fit by the last of equals',
  'warm-up ignored',
  'blocking ignored',
  'way back forgotten',
  'horizon excludes its instant',
  'requeue at the end',
  'deadline missed when just met',
  'nodes that are down refuse at once',
  'work of losers not wasted',
  'survivors of a gang stop',
] as const

export type Mutation = (typeof mutations)[number] | 'none'
