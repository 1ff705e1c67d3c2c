import ArgumentParser
import Diagnostics
import Files
import Foundation
import Metrics

/// Options of every command that talks.
struct OutputOptions: ParsableArguments {
  @Flag(name: .long, help: "Print JSON instead of text.") var json = false
  @OptionGroup var talk: TalkOptions

  var console: Console { Console(talk: talk, isJSON: json) }
}

/// Options for how much a command says.
struct TalkOptions: ParsableArguments {
  @Flag(name: .long, help: "No colours (also: NO_COLOR).") var noColor = false
  @Flag(name: .long, help: "No progress line.") var noProgress = false
  @Flag(name: .shortAndLong, help: "Say nothing but errors.") var quiet = false
  @Flag(name: .shortAndLong, help: "Say more.") var verbose = false

  /// Every command that computes talks: kernels that cannot be had are said before anything is done.
  func validate() throws {
    if let reason = MeasurementWorker.kernelsRefused { throw ValidationError(reason) }
  }
}

/// Options that say where things are.
struct PlaceOptions: ParsableArguments {
  @Option(
    name: .long, help: ArgumentHelp("Folder with local copies of the data (also: TRAINFREE_DATA).", valueName: "folder")
  )
  var dataDir: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Folder with data/catalog.yaml and templates/ (also: TRAINFREE_HOME).", valueName: "folder"))
  var home: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Another folder with the files that analyses name with `file`.", valueName: "folder"))
  var files: String?

  @Flag(name: .long, help: "Never use the network.") var offline = false

  func validate() throws { try PathArgument.check([("--data-dir", dataDir), ("--home", home), ("--files", files)]) }
}

/// The file that runs are kept in.
struct StoreOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("The SQLite file with results.", valueName: "file"))
  var store = ".trainfree/store.sqlite"

  func validate() throws { try PathArgument.check([("--store", store)]) }
}

/// Paths on the command line.
enum PathArgument {
  /// - Throws: `ValidationError` for an empty path, which would be taken for the root folder or the working folder.
  static func check(_ paths: [(name: String, path: String?)]) throws {
    for (name, path) in paths where path?.isEmpty == true { throw ValidationError("\(name) must not be empty.") }
  }
}

/// Another seed for a run.
struct SeedOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Seed of every interval, permutation, split and way to break ties, instead of the spec's; what is measured keeps its seeds.",
      valueName: "seed"))
  var seed: Int?

  func validate() throws {
    if let seed, seed < 0 { throw ValidationError("--seed must not be negative.") }
  }
}

/// Environment variables.
enum Environment {
  static func value(_ name: String) -> String? {
    guard let text = ProcessInfo.processInfo.environment[name], !text.isEmpty else { return nil }
    return text
  }
}
