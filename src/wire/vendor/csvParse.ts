/** The reader of CSV. The build puts csv-parse into this module, so that the package has no dependency. */
export { parse } from "csv-parse/sync"
