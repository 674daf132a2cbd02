/** The name under which a shipped function finds what its `import()` became. */
export const OWN_IMPORT = '__proc_import';
