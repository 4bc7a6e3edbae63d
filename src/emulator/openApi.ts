/** The emulator's API as an OpenAPI document. */
import * as OpenApi from "@effect/platform/OpenApi"
import { Api } from "./Api.js"

/** The document; made when somebody asks for it. */
export const openApi = (): OpenApi.OpenAPISpec => OpenApi.fromApi(Api)
