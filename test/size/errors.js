import { isApiError } from "effect-datarobot"

export const guard = isApiError
