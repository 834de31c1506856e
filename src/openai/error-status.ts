/** The codes and types of errors that come without a status, and the status of each. */
const STATUS_OF_NAME: ReadonlyMap<string, number> = new Map([
  ...named(
    400,
    'invalid_request_error',
    'invalid_request',
    'badrequesterror',
    'bad_request',
    'invalid_argument',
  ),
  ...named(400, 'failed_precondition', 'out_of_range', 'unsupported_parameter', 'unsupported_value'),
  ...named(400, 'invalid_value', 'invalid_prompt', 'context_length_exceeded', 'exceed_context_size_error'),
  ...named(400, 'contextwindowexceedederror', 'string_above_max_length', 'content_filter'),
  ...named(400, 'content_policy_violation', 'contentpolicyviolationerror'),
  ...named(401, 'authentication_error', 'authenticationerror', 'invalid_api_key', 'unauthenticated'),
  ...named(402, 'payment_required', 'billing_error'),
  ...named(403, 'permission_error', 'permissiondeniederror', 'permission_denied', 'forbidden'),
  ...named(404, 'not_found_error', 'notfounderror', 'not_found', 'model_not_found'),
  ...named(408, 'timeout', 'timeout_error', 'request_timeout'),
  ...named(413, 'request_too_large'),
  ...named(422, 'unprocessable_entity_error', 'unprocessableentityerror', 'extra_forbidden'),
  ...named(429, 'rate_limit_error', 'ratelimiterror', 'rate_limit_exceeded', 'rate_limited', 'slow_down'),
  ...named(429, 'too_many_requests', 'resource_exhausted', 'requests', 'tokens', 'throttling_error'),
  ...named(429, 'insufficient_quota', 'credit_balance_exhausted', 'billing_hard_limit_reached'),
  ...named(500, 'server_error', 'api_error', 'internal_error', 'internal', 'internalservererror'),
  ...named(502, 'bad_gateway', 'badgatewayerror'),
  ...named(503, 'service_unavailable', 'service_unavailable_error', 'serviceunavailableerror', 'unavailable'),
  ...named(503, 'server_is_overloaded', 'unavailable_error', 'server_overloaded', 'overloaded'),
  ...named(504, 'gateway_timeout', 'deadline_exceeded'),
  ...named(529, 'overloaded_error'),
]);

/** An error's code or type, in any case → the HTTP status that means the same; undefined if it is unknown. */
export function statusOfErrorName(name: string | undefined): number | undefined {
  return name === undefined ? undefined : STATUS_OF_NAME.get(name.toLowerCase());
}

function named(status: number, ...names: string[]): [string, number][] {
  return names.map((name) => [name, status]);
}
