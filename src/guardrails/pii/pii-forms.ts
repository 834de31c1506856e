import type { PiiType } from '../../config/guardrail.js';
import type { Form } from '../recogniser.js';
import { AWS_ACCESS_KEY } from './aws-access-key.js';
import { CA_SOCIAL_INSURANCE_NUMBER } from './ca-social-insurance-number.js';
import { CARD_NUMBER } from './card-number.js';
import { EMAIL } from './email.js';
import { IBAN } from './iban.js';
import { IP_ADDRESS, MAC_ADDRESS } from './network-addresses.js';
import { SWIFT_CODE } from './swift-code.js';
import { UK_NATIONAL_HEALTH_SERVICE_NUMBER, UK_NATIONAL_INSURANCE_NUMBER } from './uk-numbers.js';
import { URL_ADDRESS } from './url.js';
import { US_BANK_ROUTING_NUMBER, US_SOCIAL_SECURITY_NUMBER, US_TAXPAYER_NUMBER } from './us-numbers.js';
import { VEHICLE_IDENTIFICATION_NUMBER } from './vehicle-identification-number.js';

/** How each type is recognised. Telephone numbers depend on a region. */
export const PII_FORMS: Readonly<Record<Exclude<PiiType, 'PHONE'>, Form>> = {
  AWS_ACCESS_KEY,
  CA_SOCIAL_INSURANCE_NUMBER,
  CREDIT_DEBIT_CARD_NUMBER: CARD_NUMBER,
  EMAIL,
  INTERNATIONAL_BANK_ACCOUNT_NUMBER: IBAN,
  IP_ADDRESS,
  MAC_ADDRESS,
  SWIFT_CODE,
  UK_NATIONAL_HEALTH_SERVICE_NUMBER,
  UK_NATIONAL_INSURANCE_NUMBER,
  URL: URL_ADDRESS,
  US_BANK_ROUTING_NUMBER,
  US_INDIVIDUAL_TAX_IDENTIFICATION_NUMBER: US_TAXPAYER_NUMBER,
  US_SOCIAL_SECURITY_NUMBER,
  VEHICLE_IDENTIFICATION_NUMBER,
};
