export function WhyItWaits({ waits }: { waits: readonly string[] }) {
  return (
    <section className="task-waits-for" aria-label="Why it waits">
      <h2>Why it waits</h2>
      <ul>
        {waits.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </section>
  )
}
