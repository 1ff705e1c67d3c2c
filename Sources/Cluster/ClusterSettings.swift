import Diagnostics
import Documents

/// How measurements are sent to Slurm: a small file, some of whose keys have an option of the command line.
package struct ClusterSettings: Keyed {
  /// What becomes of tasks when the run is interrupted.
  package enum Interrupt: String, FieldWord {
    /// They go on, and the next run takes their results.
    case leave
    /// They are cancelled.
    case cancel
  }

  /// `--partition` of sbatch.
  package var partition: String?
  /// `--time` of a task.
  package var time: String?
  /// `--mem` of a task.
  package var memory: String?
  /// `--cpus-per-task`; a task measures as many architectures at once.
  package var processors = 1
  /// The most tasks of an array.
  package var arraySize = 100
  /// The fewest evaluations of a task, so that short ones are worth its beginning.
  package var leastPerTask = 1
  /// The most tasks that run at once; as many as the cluster lets when nil.
  package var atOnce: Int?
  /// Times that an evaluation is sent again after it was not made.
  package var retries = 3
  /// Further options of sbatch.
  package var options: [String] = []
  /// Options of sbatch that tell arrays and their tasks apart, and are not for settings.
  private static let own: Set<String> = ["--array", "--job-name", "--output", "--open-mode", "--parsable", "--wrap"]
  /// Lines of shell before the worker, such as `module load`.
  package var setup: [String] = []
  /// The program on the nodes; this one when nil.
  package var program: String?
  /// The folder that all machines see; `cluster` beside the store when nil.
  package var folder: String?
  package var onInterrupt = Interrupt.leave
  /// Seconds between two looks.
  package var poll = 2.0
  /// Seconds after the end of a task within which its results have to be seen.
  package var lag = 5.0
  /// Seconds for which a controller that does not answer is asked again when something is to be sent.
  package var patience = 600.0
  /// True when requests, results and logs stay when all is in the store.
  package var keep = false

  package init() {}

  package static let definition = "slurm-settings"
  package static let summary = "How measurements are sent to Slurm."
  package static let fields: [Field<ClusterSettings>] = [
    .optional("partition", \.partition, "Partition of the tasks; the cluster's default when left out.", .text),
    .optional("time", \.time, "Time limit of a task, such as 30 (minutes), 2:00:00 or 1-00:00:00.", .text),
    .optional("memory", \.memory, "Memory of a task, such as 4G.", .text),
    .optional(
      "processors", \.processors, "Processors of a task, which measures as many architectures at once.",
      .integer(1...1024)),
    .optional("array-size", \.arraySize, "Most tasks of an array.", .integer(1...100_000)),
    .optional(
      "least-per-task", \.leastPerTask, "Fewest evaluations of a task, where there are so many.",
      .integer(1...1_000_000)),
    .optional("at-once", \.atOnce, "Most tasks that run at once.", .integer(1...100_000)),
    .optional("retries", \.retries, "Times that an evaluation is sent again when it was not made.", .integer(0...100)),
    .optional("options", \.options, "Further options of sbatch, such as --account=name.", .list(.text, minimum: 1)),
    .optional("setup", \.setup, "Lines of shell before the worker, such as module load.", .list(.text, minimum: 1)),
    .optional("program", \.program, "The program on the nodes; the one that runs when left out.", .text),
    .optional(
      "folder", \.folder, "Folder that all machines see; cluster beside the store when left out.", .text),
    .optional("on-interrupt", \.onInterrupt, "What becomes of tasks when the run is interrupted."),
    .optional("poll", \.poll, "Seconds between two looks at the tasks.", .number(0.05...3600, exclusive: false)),
    .optional(
      "lag", \.lag, "Seconds after the end of a task within which its results have to be seen.",
      .number(0...3600, exclusive: false)),
    .optional(
      "patience", \.patience, "Seconds for which a controller that does not answer is asked again.",
      .number(0...86_400, exclusive: false)),
    .optional("keep", \.keep, "Whether requests, results and logs stay when all is in the store."),
  ]

  /// Reads a file of settings.
  ///
  /// - Throws: `DiagnosticsError` with every problem at its place.
  package static func read(_ bytes: [UInt8], file: String) throws(DiagnosticsError) -> ClusterSettings {
    let node = try DocumentReader.read(bytes, file: file)
    var validator = SchemaValidator()
    validator.check(node, against: schema, name: "the file")
    let source = SourceText(String(decoding: bytes, as: UTF8.self), file: file)
    var problems = validator.problems
    let settings = read(node, as: schema, Reading(source)) ?? ClusterSettings()
    for (key, problem) in settings.problems {
      problems.append(
        Diagnostic(
          id: "bad-setting", location: node[key]?.location ?? SourceLocation(file: file, line: 1), message: problem,
          fix: "write it as sbatch takes it"))
    }
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    return settings
  }

  /// What no single shape can say, by key.
  package var problems: [(key: String, message: String)] {
    var problems: [(key: String, message: String)] = []
    func check(_ key: String, _ value: String?, _ allowed: (Unicode.Scalar) -> Bool, _ example: String) {
      guard let value, value.isEmpty || value.hasPrefix("-") || !value.unicodeScalars.allSatisfy(allowed) else {
        return
      }
      problems.append((key, "\(key) must be such as \(example)"))
    }
    func isWord(_ scalar: Unicode.Scalar) -> Bool {
      scalar.isASCII
        && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || "-_.,".unicodeScalars.contains(scalar))
    }
    check("partition", partition, isWord, "short or gpu-long")
    check("time", time, { ("0"..."9").contains($0) || ":-".unicodeScalars.contains($0) }, "30, 2:00:00 or 1-00:00:00")
    check("memory", memory, { ("0"..."9").contains($0) || "KMGT".unicodeScalars.contains($0) }, "500M or 4G")
    if options.contains(where: { !$0.hasPrefix("--") || $0.unicodeScalars.contains { $0.value < 0x20 } }) {
      problems.append(("options", "each of the options must begin with --, with its value behind ="))
    }
    let own = options.compactMap { $0.split(separator: "=").first.map(String.init) }.first(where: Self.own.contains)
    if let own { problems.append(("options", "\(own) is set by the run that sends")) }
    return problems
  }
}
