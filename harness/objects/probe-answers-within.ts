/** Time-out of probes, in seconds: that a busy node is late with one says nothing of the container. Only the answer of the container counts. */
export const probeAnswersWithin = 10
