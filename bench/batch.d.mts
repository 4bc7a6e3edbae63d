import type { IncomingMessage, ServerResponse } from "node:http"

export declare const respondToBatch: (request: IncomingMessage, response: ServerResponse) => unknown
export declare const csvOf: (bytes: number) => Generator<Uint8Array>
export declare const sizeOf: (bytes: number) => number
