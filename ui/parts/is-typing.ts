/** Whether keys are for what has the focus: a field, or a dialog. Else they may be the page's own. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, select, textarea, [contenteditable], [role="dialog"]') !== null;
