/** Whether this is the one-file build, which works from disk. */
declare const __SINGLE__: boolean;
/** The release, of the file VERSION. */
/** The trustees whom voters believe, as the build has them; null where it has none. */
declare const __TRUSTEES__: unknown;
declare const __VERSION__: string;
