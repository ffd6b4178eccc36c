/** Key of the taint that a suite gives a node, with the name of the node as its value. */
export const reservedTaint = 'holdfast.dev/kept-free'
