import type { ComponentProps } from 'react';
import styles from './button.module.css';

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: 'plain' | 'primary' | 'danger';
}

/** A button that submits nothing by accident. */
export const Button = ({ look = 'plain', className = '', type = 'button', ...rest }: ButtonProps) => (
  <button {...rest} type={type} className={`${styles['button']} ${styles[look] ?? ''} ${className}`} />
);
