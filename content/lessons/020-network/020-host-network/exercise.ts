// What the lesson asks: the Pod stands in the node's network and keeps its own processes.
export const exercise = {
  file: 'pod-host-network.yaml',
  goals: ['shares-network', 'own-processes'],
  observers: ['server4-master', 'server5-node1', 'client'],
} as const;
