import ArgumentParser
import Diagnostics
import Documents
import Files
import Tables

/// Options that say what a file of the user's own is, and what is asked of it.
struct OwnFileOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("Column with the trained performance.", valueName: "column"))
  var target: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Takes a column for a metric. May be repeated, as the next ones.", valueName: "column"))
  var metric: [String] = []

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Takes a column for a trivial baseline.", valueName: "column"))
  var baseline: [String] = []

  @Option(name: .long, parsing: .singleValue, help: ArgumentHelp("Leaves a column out.", valueName: "column"))
  var ignore: [String] = []

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "Rows with the same values here are repeats of one thing and drawn together; `none` draws every row by itself, `metric-vector` draws rows with equal metrics together.",
      valueName: "column"))
  var id: [String] = []

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Smaller values of a column, also of the target, are better.", valueName: "column"))
  var lower: [String] = []

  @Option(
    name: .long, parsing: .singleValue, help: ArgumentHelp("Larger values of a column are better.", valueName: "column")
  )
  var higher: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "One answer for each value of a column, such as a task; `none` pools all rows.", valueName: "column"))
  var group: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Only rows with this value.", valueName: "column=value"))
  var `where`: [String] = []

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "How the file is read, by the keys that a dataset has in an analysis: separator=semicolon, missing=-1e8, levels=[space,task], table=scores …",
      valueName: "key=value"))
  var read: [String] = []

  @Option(name: .long, help: ArgumentHelp("Share of the rows that each ranking keeps.", valueName: "share"))
  var keep = 0.25

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The best rows that should be kept: a count, or a share below 1; 50 when left out, a tenth of fewer than 500 rows.",
      valueName: "size"))
  var top: Double?

  @Option(
    name: .long,
    help: ArgumentHelp("Number of resamples of intervals; by the number of rows when left out.", valueName: "count"))
  var resamples: Int?

  @Option(name: .long, help: ArgumentHelp("Seed of every interval and way to break ties.", valueName: "seed"))
  var seed = 1

  func validate() throws {
    try PathArgument.check(
      [("--target", target), ("--group", group)]
        + [metric, baseline, ignore, id, lower, higher].joined().map {
          ("a column", $0)
        })
    guard keep > 0, keep < 1 else { throw ValidationError("--keep must be a share between 0 and 1.") }
    if let top, !(top > 0 && top < 1 || top >= 1 && top <= 1_000_000 && top == top.rounded()) {
      throw ValidationError("--top must be a whole number of rows, or a share between 0 and 1.")
    }
    if let resamples, !(100...1_000_000).contains(resamples) {
      throw ValidationError("--resamples must be from 100 to 1000000.")
    }
    guard seed >= 0 else { throw ValidationError("--seed must not be negative.") }
    for text in self.where + read where text.first == "=" || !text.contains("=") {
      throw ValidationError("\(text) must be a name and a value with = between them.")
    }
  }

  /// The options given that mean nothing without a file of the user's own.
  var given: [String] {
    [
      ("--target", target != nil), ("--metric", !metric.isEmpty), ("--baseline", !baseline.isEmpty),
      ("--ignore", !ignore.isEmpty), ("--id", !id.isEmpty), ("--lower", !lower.isEmpty), ("--higher", !higher.isEmpty),
      ("--group", group != nil), ("--where", !self.where.isEmpty), ("--read", !read.isEmpty), ("--top", top != nil),
      ("--resamples", resamples != nil),
    ].filter(\.1).map(\.0)
  }

  /// A name and a value with `=` between them.
  static func pair(_ text: String) -> (name: String, value: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
  }

  /// The keys of `--read` with their values, as members of a dataset of an analysis; values of a key that stands twice are a list.
  var readingMembers: [JSONMember] {
    var members: [JSONMember] = []
    for text in read {
      let (key, value) = Self.pair(text)
      let read = Self.value(value)
      guard let place = members.firstIndex(where: { $0.key == key }) else {
        members.append(JSONMember(key: key, value: read))
        continue
      }
      members[place].value = .array(
        (members[place].value.elements ?? [members[place].value]) + (read.elements ?? [read]))
    }
    return members
  }

  /// What YAML reads; text that is no document of one value stands for itself.
  private static func value(_ text: String) -> JSONValue {
    guard let node = try? DocumentReader.read(Array("value: \(text)\n".utf8), file: "--read"),
      let value = JSONValue(node)["value"], value != .null
    else { return .string(text) }
    return value
  }
}
