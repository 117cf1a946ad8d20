package temporalserver

import (
	"net"
	"time"

	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/dynamicconfig"
	"go.temporal.io/server/common/membership/static"
	"go.temporal.io/server/common/primitives"
	"go.temporal.io/server/temporal"
)

const (
	// shards is fixed when a store is made; 4 is enough for one machine.
	shards = 4
	// clusterName stands in the store, so it must never change.
	clusterName = "active"
	mainStore   = "main"
	// unlimited is more requests a second than one machine can do.
	unlimited = 100_000
	// visibilityStore is the store of lists and counts of workflows.
	visibilityStore = "visibility"
)

// services are all that Temporal has. Its worker is kept, with its scanners: schedules run there, and on an installation of
// years the scanners remove histories and task queues that nobody owns any more. It costs 7 MB.
var services = temporal.DefaultServices

// dynamicSettings differ from the server's own because it is small and alone.
var dynamicSettings = dynamicconfig.StaticClient{
	// One machine: a partition more is a hop more.
	dynamicconfig.MatchingNumTaskqueueReadPartitions.Key():  1,
	dynamicconfig.MatchingNumTaskqueueWritePartitions.Key(): 1,
	// 10 a second by default, which a check of all cases would soon exceed.
	dynamicconfig.FrontendMaxNamespaceVisibilityRPSPerInstance.Key(): 1000,
	// These share a cluster among its tenants. Here is one, and it should wait for the machine, not be refused.
	dynamicconfig.FrontendRPS.Key():                        unlimited,
	dynamicconfig.FrontendMaxNamespaceRPSPerInstance.Key(): unlimited,
	dynamicconfig.HistoryRPS.Key():                         unlimited,
	dynamicconfig.MatchingRPS.Key():                        unlimited,
	dynamicconfig.FrontendPersistenceMaxQPS.Key():          unlimited,
	dynamicconfig.HistoryPersistenceMaxQPS.Key():           unlimited,
	dynamicconfig.MatchingPersistenceMaxQPS.Key():          unlimited,
	// The default of 128,000 workflows held in memory for an hour would take gigabytes.
	dynamicconfig.HistoryCacheHostLevelMaxSize.Key(): 4096,
}

// addresses are where each service listens.
type addresses map[primitives.ServiceName]*net.TCPAddr

func (a addresses) hosts() map[primitives.ServiceName]static.Hosts {
	hosts := map[primitives.ServiceName]static.Hosts{}
	for name, address := range a {
		hosts[name] = static.SingleLocalHost(address.String())
	}
	return hosts
}

func (a addresses) services() map[string]config.Service {
	services := map[string]config.Service{}
	for name, address := range a {
		// BindOnLocalHost instead would let an environment variable choose another address.
		services[string(name)] = config.Service{RPC: config.RPC{GRPCPort: address.Port, BindOnIP: address.IP.String()}}
	}
	return services
}

// serverConfig leaves metrics, profiling, HTTP and the membership ring off: nothing listens but the four gRPC services.
func serverConfig(stores config.Persistence, a addresses) *config.Config {
	frontend := a[primitives.FrontendService].String()
	return &config.Config{
		Global: config.Global{
			Membership: config.Membership{MaxJoinDuration: 10 * time.Second, BroadcastAddress: "127.0.0.1"},
		},
		Persistence: stores,
		ClusterMetadata: &cluster.Config{
			FailoverVersionIncrement: 10,
			MasterClusterName:        clusterName,
			CurrentClusterName:       clusterName,
			ClusterInformation: map[string]cluster.ClusterInformation{
				clusterName: {Enabled: true, InitialFailoverVersion: 1, RPCAddress: frontend},
			},
		},
		DCRedirectionPolicy: config.DCRedirectionPolicy{Policy: "noop"},
		Services:            a.services(),
		Archival: config.Archival{
			History:    config.HistoryArchival{State: "disabled"},
			Visibility: config.VisibilityArchival{State: "disabled"},
		},
		NamespaceDefaults: config.NamespaceDefaults{Archival: config.ArchivalNamespaceDefaults{
			History:    config.HistoryArchivalNamespaceDefaults{State: "disabled"},
			Visibility: config.VisibilityArchivalNamespaceDefaults{State: "disabled"},
		}},
		PublicClient: config.PublicClient{HostPort: frontend},
	}
}

// stores names where the main store and the visibility store are.
func stores(main, visibility *config.SQL) config.Persistence {
	return config.Persistence{
		DefaultStore:     mainStore,
		VisibilityStore:  visibilityStore,
		NumHistoryShards: shards,
		DataStores: map[string]config.DataStore{
			mainStore:       {SQL: main},
			visibilityStore: {SQL: visibility},
		},
	}
}
