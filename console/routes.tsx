import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { PageBoundary } from '../ui/parts/page-boundary.tsx';
import { NoSuchPage } from './no-such-page.tsx';
import type { PageKey } from './page-titles.ts';

/** Where each page is, below /console, in the order of the navigation. */
export const PAGE_PATHS: Readonly<Record<PageKey, string>> = {
  overview: '/',
  orders: '/orders',
  carts: '/carts',
  products: '/products',
  events: '/events',
  'dead-letters': '/dead-letters',
  'stuck-orders': '/stuck-orders',
  health: '/health',
  webhooks: '/webhooks',
  payments: '/payments',
};

// Each page is a file of its own, loaded when it is opened.
const OverviewPage = lazy(() => import('./overview/overview-page.tsx'));
const OrdersPage = lazy(() => import('./orders/orders-page.tsx'));
const CartsPage = lazy(() => import('./carts/carts-page.tsx'));
const ProductsPage = lazy(() => import('./products/products-page.tsx'));
const EventsPage = lazy(() => import('./events/events-page.tsx'));
const DeadLettersPage = lazy(() => import('./dead-letters/dead-letters-page.tsx'));
const StuckOrdersPage = lazy(() => import('./stuck-orders/stuck-orders-page.tsx'));
const HealthPage = lazy(() => import('./health/health-page.tsx'));
const WebhooksPage = lazy(() => import('./webhooks/webhooks-page.tsx'));
const PaymentsPage = lazy(() => import('./payments/payments-page.tsx'));
const OrderPage = lazy(() => import('./order/order-page.tsx'));
const CartPage = lazy(() => import('./cart/cart-page.tsx'));

export const Routes = () => (
  <PageBoundary>
    <Suspense fallback={null}>
      <Switch>
        <Route path="/" component={OverviewPage} />
        <Route path="/orders" component={OrdersPage} />
        <Route path="/carts" component={CartsPage} />
        <Route path="/products" component={ProductsPage} />
        <Route path="/events" component={EventsPage} />
        <Route path="/dead-letters" component={DeadLettersPage} />
        <Route path="/stuck-orders" component={StuckOrdersPage} />
        <Route path="/health" component={HealthPage} />
        <Route path="/webhooks" component={WebhooksPage} />
        <Route path="/payments" component={PaymentsPage} />
        <Route path="/orders/:id">{({ id }) => <OrderPage key={id} id={id} />}</Route>
        <Route path="/carts/:id">{({ id }) => <CartPage key={id} id={id} />}</Route>
        <Route component={NoSuchPage} />
      </Switch>
    </Suspense>
  </PageBoundary>
);
