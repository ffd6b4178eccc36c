const [asked, answered] = ['/run/holdfast-let-go', '/run/holdfast-written']

/** Command that starts a program which holds a text in its memory, and writes it to a file once it is told to with `letGo`. */
export function holdBack(text: string, file: string): readonly string[] {
  const program = `read -r < ${asked}; echo '${text}' > ${file}; sync ${file}; echo > ${answered}`
  return ['bash', '-c', `mkfifo ${asked} ${answered}; (${program}) > /dev/null 2>&1 &`]
}

/** Command that tells the program to write, and returns once that is durable. */
export const letGo: readonly string[] = ['bash', '-c', `echo > ${asked}; read -r < ${answered}`]
