/** Our contenders, by driver: what each of them is to show. Where a driver does not work, its goals are not judged. */
export const OURS = ['@proc, execa', '@proc, node', '@proc, posix'];
