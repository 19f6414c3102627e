/** The HiGHS solver (WASM), an oracle. */
import loader from 'highs'

interface Solver {
  /** Of a problem in CPLEX's LP format. */
  solve(problem: string): { ObjectiveValue: number }
}

// Its types name no export that NodeNext would call.
export const loadHighs = loader as unknown as () => Promise<Solver>
