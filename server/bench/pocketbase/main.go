// Command pocketbase is what bench measures beside this product: PocketBase, with a hook that gives people places
// of a task by its own records, each claim in a transaction of its own. It asks nobody who they are.
//
// usage: pocketbase DATA ADDRESS
//
// POST /tasks makes a task with a place for everybody and answers its id; POST /tasks/{id}/claims takes a place for
// whom the Authorization header names.
package main

import (
	"fmt"
	"net/http"
	"os"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
)

func main() {
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(data, address string) error {
	app := pocketbase.NewWithConfig(pocketbase.Config{DefaultDataDir: data, HideStartBanner: true})
	if err := app.Bootstrap(); err != nil {
		return err
	}
	if err := app.RunAllMigrations(); err != nil {
		return err
	}
	if err := makeCollections(app); err != nil {
		return err
	}
	app.OnServe().BindFunc(func(serving *core.ServeEvent) error {
		serving.Router.POST("/tasks", makeTask)
		serving.Router.POST("/tasks/{id}/claims", takePlace)
		return serving.Next()
	})
	return apis.Serve(app, apis.ServeConfig{HttpAddr: address})
}

func makeCollections(app core.App) error {
	tasks := core.NewBaseCollection("tasks")
	tasks.Fields.Add(&core.NumberField{Name: "capacity"}, &core.NumberField{Name: "taken"})
	if err := app.Save(tasks); err != nil {
		return err
	}
	claims := core.NewBaseCollection("claims")
	claims.Fields.Add(&core.TextField{Name: "task"}, &core.TextField{Name: "person"}, &core.TextField{Name: "state"})
	claims.AddIndex("claims_once", true, "task, person", "")
	return app.Save(claims)
}

func makeTask(event *core.RequestEvent) error {
	tasks, err := event.App.FindCollectionByNameOrId("tasks")
	if err != nil {
		return err
	}
	task := core.NewRecord(tasks)
	task.Set("capacity", 1_000_000)
	if err := event.App.Save(task); err != nil {
		return err
	}
	return event.JSON(http.StatusCreated, map[string]string{"id": task.Id})
}

func takePlace(event *core.RequestEvent) error {
	person := event.Request.Header.Get("Authorization")
	var claim *core.Record
	err := event.App.RunInTransaction(func(app core.App) error {
		task, err := app.FindRecordById("tasks", event.Request.PathValue("id"))
		if err != nil {
			return err
		}
		held, err := app.CountRecords("claims", dbx.HashExp{"task": task.Id, "person": person})
		if err != nil {
			return err
		}
		if held > 0 || task.GetInt("taken") >= task.GetInt("capacity") {
			return event.Error(http.StatusConflict, "no place", nil)
		}
		task.Set("taken", task.GetInt("taken")+1)
		if err := app.Save(task); err != nil {
			return err
		}
		claims, err := app.FindCachedCollectionByNameOrId("claims")
		if err != nil {
			return err
		}
		claim = core.NewRecord(claims)
		claim.Load(map[string]any{"task": task.Id, "person": person, "state": "claimed"})
		return app.Save(claim)
	})
	if err != nil {
		return err
	}
	return event.JSON(http.StatusCreated, claim)
}
