/// The steps of a plan that have not begun, each with the number of steps it still waits for: what a step's end changes costs no more
/// than the steps that read from it.
struct WaitingSteps {
  /// A step taken out, and whether what it reads from has come to nothing.
  typealias Taken = (step: any Step, isBlocked: Bool)

  private let steps: [any Step]
  /// The places of the steps that read from each step.
  private let readers: [String: [Int]]
  /// By place, the steps not ended that a step reads from.
  private var open: [Int]
  private var isTaken: [Bool]
  /// Places of steps that can begin, ascending; from `first` on.
  private var ready: [Int]
  private var first = 0
  private var blocked: [Int] = []
  private var next = 0

  /// Looks at what each step reads from. O(steps + inputs).
  init(_ plan: Plan) {
    steps = plan.steps
    isTaken = Array(repeating: false, count: steps.count)
    var readers: [String: [Int]] = [:]
    open = steps.enumerated().map { place, step in
      let sources = Set(step.inputs.map(\.step))
      for source in sources { readers[source, default: []].append(place) }
      return sources.count
    }
    self.readers = readers
    ready = open.indices.filter { [open] in open[$0] == 0 }
  }

  /// Notes that a step ended: those that read from it come nearer to their beginning, or will never begin.
  mutating func end(_ name: String, hasOutput: Bool) {
    var came: [Int] = []
    for place in readers[name] ?? [] where !isTaken[place] {
      open[place] -= 1
      if !hasOutput { blocked.append(place) } else if open[place] == 0 { came.append(place) }
    }
    guard !came.isEmpty else { return }
    if let last = ready.last, first < ready.count, let least = came.min(), least < last {
      ready = Array(ready[first...]) + came
      ready.sort()
      first = 0
    } else {
      ready += came.sorted()
    }
  }

  /// Takes out a step that reads from one without an output.
  mutating func takeBlocked() -> Taken? {
    while let place = blocked.popLast() { if !isTaken[place] { return (take(place), true) } }
    return nil
  }

  /// Takes out the first step, in the plan's order, that can begin and meets a condition.
  mutating func take(where fits: (any Step) -> Bool) -> Taken? {
    while first < ready.count, isTaken[ready[first]] { first += 1 }
    for place in ready[first...] where !isTaken[place] && fits(steps[place]) { return (take(place), false) }
    return nil
  }

  /// Takes out the first step of the plan, whether it can begin or not.
  mutating func takeAny() -> Taken? {
    while next < steps.count, isTaken[next] { next += 1 }
    return next < steps.count ? (take(next), true) : nil
  }

  private mutating func take(_ place: Int) -> any Step {
    isTaken[place] = true
    return steps[place]
  }
}
