import ArgumentParser
import Cluster
import Datasets
import Diagnostics
import Files
import Foundation
import Measurements

/// Where evaluations are made.
enum ExecutorChoice: String, CaseIterable, ExpressibleByArgument {
  /// By this process.
  case local
  /// By tasks that Slurm runs.
  case slurm
}

/// Options of a run about where evaluations are made.
struct SlurmOptions: ParsableArguments {
  @Option(
    name: .long, help: "Where architectures are measured: local, in this process, or slurm, by arrays of tasks.")
  var executor = ExecutorChoice.local
  @Option(
    name: .long,
    help: ArgumentHelp("YAML file with settings of --executor slurm, as docs/cluster.md lists them.", valueName: "file")
  )
  var slurm: String?
  @Option(name: .long, help: "Partition of Slurm's tasks, instead of the file's.") var partition: String?
  @Option(name: .long, help: "Time limit of a task, such as 30 (minutes) or 2:00:00.") var time: String?
  @Option(name: .long, help: "Memory of a task, such as 4G.") var memory: String?
  @Option(name: .long, help: "Most tasks of an array; 100 when left out.") var arraySize: Int?

  /// Whether an option is given that only Slurm's tasks have.
  private var isGiven: Bool {
    slurm != nil || partition != nil || time != nil || memory != nil || arraySize != nil
  }

  func validate() throws {
    try PathArgument.check([("--slurm", slurm)])
    if executor == .local, isGiven {
      throw ValidationError("--slurm, --partition, --time, --memory and --array-size need --executor slurm.")
    }
    if let arraySize, !(1...100_000).contains(arraySize) {
      throw ValidationError("--array-size must be from 1 to 100000.")
    }
    var given = ClusterSettings()
    (given.partition, given.time, given.memory) = (partition, time, memory)
    if let problem = given.problems.first { throw ValidationError("--\(problem.message).") }
  }

  /// The settings of the file, with those of the options in their place.
  func settings() throws(DiagnosticsError) -> ClusterSettings {
    var settings = ClusterSettings()
    if let slurm { settings = try ClusterSettings.read(try InputFile.read(slurm), file: InputFile.shown(slurm)) }
    settings.partition = partition ?? settings.partition
    settings.time = time ?? settings.time
    settings.memory = memory ?? settings.memory
    settings.arraySize = arraySize ?? settings.arraySize
    return settings
  }

  /// What sends evaluations to Slurm; nil when they are made here.
  ///
  /// - Parameter store: The store's file, beside which the folder is that all machines see.
  func slurmExecutor(
    store: String, places: PlaceOptions, console: Console
  ) throws(DiagnosticsError) -> SlurmExecutor? {
    guard executor == .slurm else { return nil }
    let settings = try settings()
    let binary = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "trainfree"
    let data = places.dataDir ?? Environment.value("TRAINFREE_DATA")
    let folder = settings.folder ?? "\(FileSystem.folder(of: store))/cluster"
    return SlurmExecutor(
      settings, folder: folder,
      places: .init(
        program: binary, home: URL(fileURLWithPath: try Home.find(places.home).folder).path,
        data: data.map { URL(fileURLWithPath: $0).path })
    ) { console.log($0) }
  }
}
