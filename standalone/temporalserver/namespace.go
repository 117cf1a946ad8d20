package temporalserver

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	persistencespb "go.temporal.io/server/api/persistence/v1"
	"go.temporal.io/server/common"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/metrics"
	"go.temporal.io/server/common/persistence"
	"go.temporal.io/server/common/persistence/serialization"
	"go.temporal.io/server/common/persistence/sql"
	"go.temporal.io/server/common/resolver"
	"go.temporal.io/server/common/searchattribute/sadefs"
	"google.golang.org/protobuf/types/known/durationpb"
)

// registerNamespace writes the namespace into the store before the server starts, so that the server knows it from its
// first moment; through the API it would only be seen at the next refresh of the server's cache.
func registerNamespace(ctx context.Context, c Config, stores config.Persistence, log logger) error {
	serializer := serialization.NewSerializer()
	factory := sql.NewFactory(*stores.DataStores[mainStore].SQL, resolver.NewNoopResolver(), clusterName, log, metrics.NoopMetricsHandler, serializer)
	defer factory.Close()
	store, err := factory.NewMetadataStore()
	if err != nil {
		return err
	}
	namespaces := persistence.NewMetadataManagerImpl(store, serializer, log, clusterName)
	defer namespaces.Close()

	found, err := namespaces.GetNamespace(ctx, &persistence.GetNamespaceRequest{Name: c.Namespace})
	var missing *serviceerror.NamespaceNotFound
	if errors.As(err, &missing) {
		return createNamespace(ctx, c, namespaces)
	}
	if err != nil {
		return err
	}
	return updateNamespace(ctx, c, namespaces, found.Namespace)
}

func createNamespace(ctx context.Context, c Config, namespaces persistence.MetadataManager) error {
	aliases, err := addAliases(nil, c.SearchAttributes)
	if err != nil {
		return err
	}
	_, err = namespaces.CreateNamespace(ctx, &persistence.CreateNamespaceRequest{Namespace: &persistencespb.NamespaceDetail{
		Info: &persistencespb.NamespaceInfo{
			Id:    uuid.NewString(),
			Name:  c.Namespace,
			State: enumspb.NAMESPACE_STATE_REGISTERED,
		},
		Config: &persistencespb.NamespaceConfig{
			Retention:                    durationpb.New(c.Retention),
			HistoryArchivalState:         enumspb.ARCHIVAL_STATE_DISABLED,
			VisibilityArchivalState:      enumspb.ARCHIVAL_STATE_DISABLED,
			CustomSearchAttributeAliases: aliases,
		},
		ReplicationConfig: &persistencespb.NamespaceReplicationConfig{
			ActiveClusterName: clusterName,
			Clusters:          []string{clusterName},
		},
		FailoverVersion:             common.EmptyVersion,
		FailoverNotificationVersion: -1,
	}})
	return err
}

func updateNamespace(ctx context.Context, c Config, namespaces persistence.MetadataManager, detail *persistencespb.NamespaceDetail) error {
	present := detail.GetConfig().GetCustomSearchAttributeAliases()
	aliases, err := addAliases(present, c.SearchAttributes)
	if err != nil {
		return err
	}
	if maps.Equal(present, aliases) && detail.GetConfig().GetRetention().AsDuration() == c.Retention {
		return nil
	}
	detail.Config.CustomSearchAttributeAliases = aliases
	detail.Config.Retention = durationpb.New(c.Retention)
	detail.ConfigVersion++
	metadata, err := namespaces.GetMetadata(ctx)
	if err != nil {
		return err
	}
	return namespaces.UpdateNamespace(ctx, &persistence.UpdateNamespaceRequest{
		Namespace:           detail,
		NotificationVersion: metadata.NotificationVersion,
	})
}

// addAliases gives each search attribute that has none yet a free column of its type: SQL stores have a fixed number of
// columns (Keyword01 …), and an alias is what a workflow calls one. A column once given is never given to another.
func addAliases(present map[string]string, wanted map[string]enumspb.IndexedValueType) (map[string]string, error) {
	columns := sadefs.GetDBIndexSearchAttributes(nil).CustomSearchAttributes
	aliases := maps.Clone(present)
	if aliases == nil {
		aliases = map[string]string{}
	}
	columnOf := map[string]string{}
	for column, name := range aliases {
		columnOf[name] = column
	}
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		if column, ok := columnOf[name]; ok {
			if columns[column] != wanted[name] {
				return nil, fmt.Errorf("search attribute %s is a %s already and can't become a %s", name, columns[column], wanted[name])
			}
			continue
		}
		free := ""
		for _, column := range slices.Sorted(maps.Keys(columns)) {
			if _, taken := aliases[column]; !taken && columns[column] == wanted[name] {
				free = column
				break
			}
		}
		if free == "" {
			return nil, fmt.Errorf("no column of type %s is left for search attribute %s", wanted[name], name)
		}
		aliases[free] = name
	}
	return aliases, nil
}
