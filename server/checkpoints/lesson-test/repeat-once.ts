/** Does it once more where the answer is wrong. `flaky`: only the second answer is right. What throws is not repeated. */
export async function repeatOnce<A>(act: () => Promise<A>, isRight: (answer: A) => boolean): Promise<{ answer: A; flaky: boolean }> {
  const first = await act();
  if (isRight(first)) return { answer: first, flaky: false };
  const answer = await act();
  return { answer, flaky: isRight(answer) };
}
