import { lazy, Suspense } from 'react';
import { Route, Router, Switch } from 'wouter';
import { Loading } from '../ui/parts/loading.tsx';
import { PageBoundary } from '../ui/parts/page-boundary.tsx';
import { Frame } from './frame/frame.tsx';
import { NoSuchPage } from './frame/no-such-page.tsx';
import ProductsPage from './products/products-page.tsx';

// The shelf comes with the shop; everything else is loaded when it is opened.
const ProductPage = lazy(() => import('./products/product-page.tsx'));
const CartPage = lazy(() => import('./cart/cart-page.tsx'));
const CheckoutPage = lazy(() => import('./checkout/checkout-page.tsx'));
const OrdersPage = lazy(() => import('./orders/orders-page.tsx'));
const OrderPage = lazy(() => import('./order/order-page.tsx'));

export const Shop = () => (
  <Router base="/shop">
    <Frame>
      <PageBoundary>
        <Suspense fallback={<Loading />}>
          <Switch>
            <Route path="/" component={ProductsPage} />
            <Route path="/products/:id">{({ id }) => <ProductPage key={id} id={id} />}</Route>
            <Route path="/cart" component={CartPage} />
            <Route path="/checkout" component={CheckoutPage} />
            <Route path="/orders" component={OrdersPage} />
            <Route path="/orders/:id">{({ id }) => <OrderPage key={id} id={id} />}</Route>
            <Route component={NoSuchPage} />
          </Switch>
        </Suspense>
      </PageBoundary>
    </Frame>
  </Router>
);
