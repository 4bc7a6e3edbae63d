/** The writer of CSV. The build puts csv-stringify into this module, so that the package has no dependency. */
export { stringify } from "csv-stringify/sync"
