import type { ComponentChildren } from 'preact';
import type { Problem } from '../api/client';

/** Nothing to show: why, and what can be done. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return <div class="empty"><p class="empty-title">{title}</p>{children ? <div class="empty-text">{children}</div> : null}</div>;
}

/** Lines where figures will be. */
export function Loading({ lines = 6 }: { lines?: number }) {
  return <div class="loading" role="status" aria-label="Loading">{Array.from({ length: lines }, (_, index) => <div key={index} class={`shimmer w${index % 3}`} />)}</div>;
}

export function Failed({ problem, what }: { problem: Problem; what: string }) {
  return <div class="notice warning" role="alert"><strong>{what} could not be read.</strong> {problem.detail || problem.title}</div>;
}
