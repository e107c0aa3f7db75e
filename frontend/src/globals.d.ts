/** Whether this is the one-file build, which works from disk. */
declare const __SINGLE__: boolean;
/** The release, of the file VERSION. */
declare const __VERSION__: string;
