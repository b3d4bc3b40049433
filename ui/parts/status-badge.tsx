import type { OrderStatus } from '../generated/operations.ts';
import { type Catalogue, useTexts } from '../language/language.tsx';
import styles from './status-badge.module.css';

const LOOKS: Readonly<Record<OrderStatus, 'good' | 'busy' | 'warn' | 'bad'>> = {
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
  <span className={`${styles['badge']} ${styles[LOOKS[status]]}`}>{useTexts(STATUS_TEXTS)[status]}</span>
);
