import type { OrderStatus } from '../generated/operations.ts';
import { type Catalogue, useTexts } from '../language/language.tsx';
import { Badge, type BadgeLook } from './badge.tsx';

const LOOKS: Readonly<Record<OrderStatus, BadgeLook>> = {
  PENDING: 'busy',
  AWAITING_PAYMENT: 'busy',
  COMPENSATING: 'warn',
  CONFIRMED: 'good',
  REJECTED: 'bad',
  CANCELLED: 'bad',
};

/** What people call the statuses of an order. */
export const STATUS_TEXTS: Catalogue<Readonly<Record<OrderStatus, string>>> = {
  en: {
    PENDING: 'Pending',
    AWAITING_PAYMENT: 'Awaiting payment',
    COMPENSATING: 'Giving stock back',
    CONFIRMED: 'Confirmed',
    REJECTED: 'Rejected',
    CANCELLED: 'Cancelled',
  },
  fr: {
    PENDING: 'En attente',
    AWAITING_PAYMENT: 'Paiement attendu',
    COMPENSATING: 'Restitution du stock',
    CONFIRMED: 'Confirmée',
    REJECTED: 'Refusée',
    CANCELLED: 'Annulée',
  },
};

export const StatusBadge = ({ status }: { readonly status: OrderStatus }) => (
  <Badge look={LOOKS[status]}>{useTexts(STATUS_TEXTS)[status]}</Badge>
);
