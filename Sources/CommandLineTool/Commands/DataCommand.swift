import ArgumentParser
import Datasets
import Diagnostics
import Documents
import Files
import Foundation

struct DataCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "List, fetch, verify and find the public data.",
    subcommands: [List.self, Fetch.self, Verify.self, Path.self])

  /// The files of ids; all when there are none.
  static func files(_ ids: [String], _ catalog: Catalog) throws(DiagnosticsError) -> [CatalogFile] {
    guard !ids.isEmpty else { return catalog.files }
    var files: [CatalogFile] = []
    var problems: [Diagnostic] = []
    for id in ids {
      if let file = catalog.file(id) ?? catalog.dataset(id).flatMap({ catalog.file($0.file) }) {
        files.append(file)
      } else if let corpus = catalog.corpus(id) {
        files += corpus.parts.compactMap { corpus.files[$0].flatMap { catalog.file($0) } }
      } else {
        let known = catalog.files.map(\.id) + catalog.datasets.map(\.id) + catalog.corpora.map(\.id)
        problems.append(
          Diagnostic(
            id: "unknown-dataset", message: "there is no file, dataset or text set \(id)",
            fix: Suggestion.closest(to: id, in: known).map { "did you mean \($0)?" }
              ?? "`trainfree data list` shows what there is"))
      }
    }
    guard problems.isEmpty else { throw DiagnosticsError(problems) }
    return files
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the datasets and text sets, and whether they are here.")
    @OptionGroup var places: PlaceOptions
    @OptionGroup var out: OutputOptions

    func run() async throws {
      let console = out.console
      try await Failure.handled(console) {
        let catalog = try Home.find(places.home).catalog()
        let location = DataLocation.standard(places)
        let corpora = catalog.corpora.map { corpus in
          (corpus, corpus.parts.compactMap { corpus.files[$0].flatMap { catalog.file($0) } })
        }
        let items = catalog.datasets.compactMap { dataset in catalog.file(dataset.file).map { (dataset, $0) } }
        if console.isJSON {
          return console.data([
            "datasets": .array(
              items.map { dataset, file in
                [
                  "id": .string(dataset.id), "title": .string(dataset.title), "summary": .string(dataset.summary),
                  "file": .string(file.id), "path": .string(file.path), "bytes": .integer(file.byteCount),
                  "licence": .string(file.licence), "citation": .string(file.citation),
                  "address": .string(file.address),
                  "here": .bool((try? location.path(of: file)) != nil),
                  "columns": .array(
                    dataset.columns.map {
                      [
                        "name": .string($0.name), "type": .string($0.type.rawValue), "role": .string($0.role.rawValue),
                        "unit": $0.unit.map { .string($0) } ?? .null,
                        "better": $0.better.map { .string($0.rawValue) } ?? .null,
                      ]
                    }),
                ]
              }),
            "corpora": .array(
              corpora.map { corpus, files in
                [
                  "id": .string(corpus.id), "title": .string(corpus.title), "summary": .string(corpus.summary),
                  "parts": .array(
                    zip(corpus.parts, files).map { part, file in
                      [
                        "name": .string("\(corpus.id)/\(part.rawValue)"), "file": .string(file.id),
                        "path": .string(file.path), "bytes": .integer(file.byteCount),
                        "licence": .string(file.licence), "citation": .string(file.citation),
                        "address": .string(file.address), "here": .bool((try? location.path(of: file)) != nil),
                      ]
                    }),
                ]
              }),
          ])
        }
        let width = (items.map(\.0.id.count) + corpora.map(\.0.id.count)).max() ?? 0
        for (dataset, file) in items {
          let here = (try? location.path(of: file)) == nil ? "missing" : "here   "
          let padding = String(repeating: " ", count: width - dataset.id.count)
          console.data("\(here)  \(dataset.id)\(padding)  \(dataset.title) (\(file.licence))\n")
          if console.isVerbose {
            for column in dataset.columns { console.data("           \(column.name): \(column.displayTitle)\n") }
          }
        }
        for (corpus, files) in corpora {
          let here = files.allSatisfy { (try? location.path(of: $0)) != nil } ? "here   " : "missing"
          let padding = String(repeating: " ", count: width - corpus.id.count)
          let licences = Set(files.map(\.licence)).sorted().joined(separator: ", ")
          console.data("\(here)  \(corpus.id)\(padding)  \(corpus.title) (\(licences))\n")
          if console.isVerbose {
            for part in corpus.parts { console.data("           \(corpus.id)/\(part.rawValue)\n") }
          }
        }
      }
    }
  }

  struct Fetch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Download files into the cache, with their checksums.",
      discussion: "Example: trainfree data fetch serianni2023/bert-results")
    @Argument(help: "Files, datasets or text sets; all when left out.") var ids: [String] = []
    @Flag(name: .long, help: "Fetch also what is here already.") var force = false
    @OptionGroup var places: PlaceOptions
    @OptionGroup var out: OutputOptions

    func run() async throws {
      let console = out.console
      try await Failure.handled(console) {
        let catalog = try Home.find(places.home).catalog()
        let location = DataLocation.standard(places)
        let folder = places.dataDir ?? DataLocation.cacheFolder
        var problems: [Diagnostic] = []
        for file in try DataCommand.files(ids, catalog) {
          if !force, (try? location.verify(file)) != nil {
            console.log("here: \(file.path)")
            continue
          }
          guard !places.offline else {
            problems.append(
              Diagnostic(
                id: "offline", message: "\(file.path) is not here, and --offline forbids fetching it",
                fix: "leave --offline out"))
            continue
          }
          do throws(DiagnosticsError) {
            let path = try await DataFetcher(folder: folder) { name, received, total in
              console.progress("\(name): \(received) of \(total) bytes")
            }.fetch(file)
            console.log("fetched: \(path)")
          } catch { problems += error.diagnostics }
        }
        guard problems.isEmpty else { throw DiagnosticsError(problems, kind: .missingInput) }
      }
    }
  }

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Hold local copies against the catalogue's SHA-256.")
    @Argument(help: "Files, datasets or text sets; all when left out.") var ids: [String] = []
    @OptionGroup var places: PlaceOptions
    @OptionGroup var out: OutputOptions

    func run() async throws {
      let console = out.console
      try await Failure.handled(console) {
        let catalog = try Home.find(places.home).catalog()
        let location = DataLocation.standard(places)
        var problems: [Diagnostic] = []
        var isMissing = false
        var states: [JSONValue] = []
        for file in try DataCommand.files(ids, catalog) {
          do throws(DiagnosticsError) {
            try location.verify(file)
            states.append(["id": .string(file.id), "state": "ok"])
            if !console.isJSON { console.data("ok       \(file.path)\n") }
          } catch {
            isMissing = isMissing || error.kind == .missingInput
            states.append(["id": .string(file.id), "state": .string(error.kind == .missingInput ? "missing" : "wrong")])
            problems += error.diagnostics
          }
        }
        if console.isJSON { console.data(["files": .array(states)]) }
        guard problems.isEmpty else {
          if console.isJSON { throw isMissing ? ExitStatus.missingInput : ExitStatus.badInput }
          throw DiagnosticsError(problems, kind: isMissing ? .missingInput : .badInput)
        }
      }
    }
  }

  struct Path: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print where a local copy is.")
    @Argument(help: "A file, dataset or text set.") var id: String
    @OptionGroup var places: PlaceOptions
    @OptionGroup var out: OutputOptions

    func run() async throws {
      let console = out.console
      try await Failure.handled(console) {
        let catalog = try Home.find(places.home).catalog()
        let location = DataLocation.standard(places)
        for file in try DataCommand.files([id], catalog) {
          let path = try location.path(of: file)
          if console.isJSON { console.data(["path": .string(path)]) } else { Console.raw(path + "\n") }
        }
      }
    }
  }
}
