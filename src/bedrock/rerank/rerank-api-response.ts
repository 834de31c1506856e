/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent-runtime_RerankResult.html */
export interface RerankApiResponse {
  results: { index: number; relevanceScore: number }[];
}
