/** What stands for `import()` in a function's text: a name, where the worker puts one that counts from its file. */
export const OWN_IMPORT = '__proc_import';
