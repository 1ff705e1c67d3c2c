/// Splits requests into the tasks of an array.
struct Batches {
  private let arraySize: Int
  private let least: Int

  init(_ settings: ClusterSettings) {
    arraySize = settings.arraySize
    least = settings.leastPerTask
  }

  /// The requests of each task, at most as many tasks as an array may have.
  ///
  /// Requests are dealt out one after the other, so that neighbours, which take about as long, go to different tasks. Those that
  /// were being made when a task ended are suspects: each has a task of its own, as far as half of the array goes, so that they
  /// take no others with them again.
  func split(_ entries: [RequestFile.Entry], tries: [String: Int]) -> [[RequestFile.Entry]] {
    guard arraySize > 1 else { return Self.dealt(entries, tasks: min(1, entries.count)) }
    let suspects = entries.filter { tries[$0.key, default: 0] > 0 }
    let others = entries.filter { tries[$0.key, default: 0] == 0 }
    let most = others.isEmpty ? arraySize : max(1, arraySize / 2)
    let alone = Self.dealt(suspects, tasks: min(suspects.count, most))
    let left = max(1, arraySize - alone.count)
    return alone + Self.dealt(others, tasks: min(left, max(others.isEmpty ? 0 : 1, others.count / least)))
  }

  private static func dealt(_ entries: [RequestFile.Entry], tasks: Int) -> [[RequestFile.Entry]] {
    guard tasks > 0 else { return [] }
    var batches = [[RequestFile.Entry]](repeating: [], count: tasks)
    for (index, entry) in entries.enumerated() { batches[index % tasks].append(entry) }
    return batches
  }
}
